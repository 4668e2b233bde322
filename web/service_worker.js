// Offline: every file of the site is kept, each checked against the hash that the build wrote here, and answered from the
// store. A new version is fetched beside the old one and waits until the old one is no longer open, or a person takes it. An older
// release than the one that was here is refused: its mistakes are known.
// Nothing but this site's own files is ever fetched.
'use strict';

// The build puts the names of all files and their SHA-256 here (scripts/site_files.py).
const kSite = /*@site*/{release: '0', files: {}}/*@end*/;
const kFiles = kSite.files;
const kStore = 'entente-site';

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

// Below zero: `a` is the older release.
function compare(a, b) {
    const [ours, theirs] = [a, b].map(function (release) { return release.split('.').map(Number); });
    for (let i = 0; i < 3; i++) {
        const difference = (ours[i] || 0) - (theirs[i] || 0);
        if (difference) return difference;
    }
    return 0;
}

async function keepAll() {
    const store = await caches.open(kStore);
    const before = await store.match(address('release'));
    if (before && compare(kSite.release, await before.text()) < 0) throw new Error('an older release: ' + kSite.release);
    await Promise.all(Object.keys(kFiles).map(async function (name) {
        if (await store.match(key(name))) return;
        const response = await fetch(address(name), {integrity: integrity(kFiles[name]), cache: 'no-cache', credentials: 'same-origin'});
        if (!response.ok) throw new Error(name + ': ' + response.status);
        await store.put(key(name), response);
    }));
}

async function dropOthers() {
    const store = await caches.open(kStore);
    await store.put(address('release'), new Response(kSite.release));
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
    return (await store.match(key(name))) || fetch(request);
}

self.addEventListener('install', function (event) { event.waitUntil(keepAll()); });
self.addEventListener('activate', function (event) { event.waitUntil(dropOthers()); });
self.addEventListener('message', function (event) {
    if (event.data === 'take over') self.skipWaiting();
});
self.addEventListener('fetch', function (event) {
    const name = nameOf(event.request);
    if (name) event.respondWith(answer(name, event.request));
});
