// Runs before anything is painted: the theme, the language, the fonts on their way, and the one door to scripts.
// window.entente is what the page and the program know of each other.
'use strict';

(function () {
    // Only these may become code (Trusted Types): the worker that derives keys, that of the second
    // store, and the service worker. No browser lets a page say what the bytes of a worker must be: the service worker checks the other
    // two once it is in charge, so at a first visit until every file is kept, and nobody checks the service worker itself.
    const addresses = ['worker.js', 'store_opfs.js', 'service_worker.js'];
    const rules = {
        createScriptURL: function (address) {
            if (addresses.includes(address)) return address;
            throw new TypeError('not a script of this page: ' + address);
        },
    };
    const policy = window.trustedTypes ? window.trustedTypes.createPolicy('entente', rules) : rules;

    // Small choices, kept where they can be read before the first paint. A browser that blocks storage forgets them.
    const memory = {};
    function preference(key) {
        try {
            return localStorage.getItem('entente.' + key);
        } catch (error) {
            return key in memory ? memory[key] : null;
        }
    }
    function setPreference(key, value) {
        memory[key] = value;
        try {
            localStorage.setItem('entente.' + key, value);
        } catch (error) {
            // It lasts as long as the page.
        }
    }

    const root = document.documentElement;
    const systemDark = matchMedia('(prefers-color-scheme: dark)');
    function setTheme(name, dark, background) {
        root.dataset.theme = dark ? 'dark' : 'light';
        root.dataset.choice = name;
        document.querySelector('meta[name="theme-color"]').content = background;
    }
    function applyTheme() {
        const choice = preference('theme') || 'system';
        const dark = choice === 'system' ? systemDark.matches : choice === 'dark';
        setTheme(choice, dark, dark ? '#1b1a19' : '#f6f4f0');
    }
    systemDark.addEventListener('change', applyTheme);

    function setLanguage(code) {
        root.lang = code;
    }
    function language() {
        const chosen = preference('language');
        if (chosen === 'en' || chosen === 'cy') return chosen;
        return (navigator.languages || [navigator.language]).some(function (tag) { return /^cy\b/i.test(tag); }) ? 'cy' : 'en';
    }

    // What the page fetches must be what the build made: the build writes the hashes here (scripts/site_files.py), and this script's own
    // stands in the page.
    const hashes = /*@hashes*/{}/*@end*/;
    function get(name) {
        return fetch(name, {integrity: hashes[name] || '', credentials: 'same-origin'}).then(function (response) {
            if (!response.ok) throw new TypeError('fetch ' + name + ': ' + response.status);
            return response;
        });
    }

    // The program's own script (app.js) asks for its module here.
    window.Module = {
        instantiateWasm: function (imports, ready) {
            get('app.wasm').then(function (response) {
                if (response.headers.get('Content-Type') === 'application/wasm') return WebAssembly.instantiateStreaming(response, imports);
                return response.arrayBuffer().then(function (bytes) { return WebAssembly.instantiate(bytes, imports); });
            }).then(function (made) { ready(made.instance, made.module); });
            return {};
        },
    };

    // One fetch for each font: the page draws with it, and the program takes the same bytes for the canvas.
    const files = {'inter-400': '400', 'inter-500': '500', 'inter-600': '600', icons: ''};
    const fonts = Promise.all(Object.keys(files).map(function (name) {
        return get('fonts/' + name + '.ttf').then(function (response) { return response.arrayBuffer(); }).then(function (bytes) {
            if (files[name]) document.fonts.add(new FontFace('Inter', bytes, {weight: files[name]}));
            return [name, bytes];
        });
    })).then(Object.fromEntries);

    window.entente = {
        preference, setPreference, setTheme, applyTheme, setLanguage, language, fonts, get,
        workerAddress: function () { return policy.createScriptURL('worker.js'); },
        storeAddress: function () { return policy.createScriptURL('store_opfs.js'); },
        serviceWorkerAddress: function () { return policy.createScriptURL('service_worker.js'); },
    };
    applyTheme();
    setLanguage(language());
}());
