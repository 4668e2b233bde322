// Runs before anything is painted: the theme, the language, the fonts on their way, and the one door to scripts.
// window.entente is what the page and the program know of each other.
'use strict';

(function () {
    // Only these may become code (Trusted Types): the worker that derives keys, that of the second
    // store, and the service worker.
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

    // One fetch for each font: the page draws with it, and the program takes the same bytes for the canvas.
    const files = {'inter-400': '400', 'inter-500': '500', 'inter-600': '600', icons: ''};
    const fonts = Promise.all(Object.keys(files).map(function (name) {
        return fetch('fonts/' + name + '.ttf').then(function (response) {
            if (!response.ok) throw new Error('fonts/' + name + '.ttf: ' + response.status);
            return response.arrayBuffer();
        }).then(function (bytes) {
            if (files[name]) document.fonts.add(new FontFace('Inter', bytes, {weight: files[name]}));
            return [name, bytes];
        });
    })).then(Object.fromEntries);

    window.entente = {
        preference, setPreference, setTheme, applyTheme, setLanguage, language, fonts,
        workerAddress: function () { return policy.createScriptURL('worker.js'); },
        storeAddress: function () { return policy.createScriptURL('store_opfs.js'); },
        serviceWorkerAddress: function () { return policy.createScriptURL('service_worker.js'); },
    };
    applyTheme();
    setLanguage(language());
}());
