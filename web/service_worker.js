// Offline: every file of the site is kept, each checked against the hash that the build wrote here, and answered from the
// store; one that has gone from it is fetched again, and checked again. A new version is fetched beside the old one and waits until the
// old one is no longer open, or a person takes it. An older version than the one that was here is refused: its mistakes are known.
// What stands in the way of a version is told to the open pages (offline.js).
// Nothing but this site's own files is ever fetched.
'use strict';

// The build puts the names of all files and their SHA-256 here (scripts/site_files.py).
const kSite = /*@site*/{release: '0', build: 0, files: {}}/*@end*/;
const kFiles = kSite.files;
const kStore = 'entente-site';
const kVersion = kSite.release + '+' + kSite.build;  // of one release the build with the higher number is the newer one

function address(name) {
    return new URL(name, self.registration.scope).href;
}

// A file is kept under its hash, so that two versions lie side by side.
function key(name) {
    return address(name) + '?' + kFiles[name];
}

// As a fetch wants it: base64.
function integrity(hex) {
    return 'sha256-' + btoa(String.fromCharCode(...hex.match(/../g).map(function (byte) { return parseInt(byte, 16); })));
}

// Below zero: `a` is the older version, "1.2.3+build". Without a build: 0.
function compare(a, b) {
    const [ours, theirs] = [a, b].map(function (version) { return version.split(/[.+]/).map(Number); });
    for (let i = 0; i < 4; i++) {
        const difference = (ours[i] || 0) - (theirs[i] || 0);
        if (difference) return difference;
    }
    return 0;
}

// `problem`: older, altered, unreachable.
function refusal(problem, file) {
    return Object.assign(new Error(problem + ': ' + file), {problem, file});
}

// A file of this version from the network. What is not as it was made gives an error, and so does what does not come at all: the browser
// does not say which, so it is asked once more.
async function fetched(name) {
    const options = {cache: 'no-cache', credentials: 'same-origin'};
    const response = await fetch(address(name), {...options, integrity: integrity(kFiles[name])}).catch(async function () {
        const there = await fetch(address(name), {...options, method: 'HEAD'}).then(function (head) { return head.ok; }, function () {});
        throw refusal(there ? 'altered' : 'unreachable', name);
    });
    if (!response.ok) throw refusal('unreachable', name);
    return response;
}

async function keepAll() {
    const store = await caches.open(kStore);
    const before = await store.match(address('release'));
    if (before && compare(kVersion, await before.text()) < 0) throw refusal('older', kVersion);
    await Promise.all(Object.keys(kFiles).map(async function (name) {
        if (!await store.match(key(name))) await store.put(key(name), await fetched(name));
    }));
}

// A version that cannot be kept is not used; a person hears why.
async function install() {
    try {
        await keepAll();
    } catch (error) {
        const message = {problem: error.problem || 'room', file: error.file || ''};
        const pages = await self.clients.matchAll({includeUncontrolled: true, type: 'window'});
        pages.forEach(function (page) { page.postMessage(message); });
        throw error;
    }
}

async function dropOthers() {
    const store = await caches.open(kStore);
    await store.put(address('release'), new Response(kVersion));
    const wanted = new Set(Object.keys(kFiles).map(key).concat(address('release')));
    await Promise.all((await store.keys()).filter(function (request) { return !wanted.has(request.url); })
        .map(function (request) { return store.delete(request); }));
}

// The name of the file a request means, or none of ours.
function nameOf(request) {
    const scope = new URL(self.registration.scope);
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return '';
    const name = decodeURIComponent(url.pathname.slice(scope.pathname.length)) || 'index.html';
    return Object.prototype.hasOwnProperty.call(kFiles, name) ? name : '';
}

async function answer(name, request) {
    const store = await caches.open(kStore);
    const kept = await store.match(key(name));
    if (kept) return kept;
    try {
        const response = await fetched(name);
        await store.put(key(name), response.clone()).catch(function () {});  // no room: it is fetched the next time too
        return response;
    } catch (error) {
        if (request.mode !== 'navigate') throw error;
        return new Response('Entente: this page is not here as it was made. Reload it in a minute.\n' +
            'Entente: nid yw’r dudalen hon yma fel y’i gwnaed. Ail-lwythwch hi ymhen munud.\n',
        {status: 502, headers: {'Content-Type': 'text/plain; charset=utf-8'}});
    }
}

self.addEventListener('install', function (event) { event.waitUntil(install()); });
// In charge at once, also of the page that was there before it: its workers come from here too, checked.
self.addEventListener('activate', function (event) {
    event.waitUntil(dropOthers().then(function () { return self.clients.claim(); }));
});
self.addEventListener('message', function (event) {
    if (event.data === 'take over') self.skipWaiting();
});
self.addEventListener('fetch', function (event) {
    const name = nameOf(event.request);
    if (name) event.respondWith(answer(name, event.request));
});
