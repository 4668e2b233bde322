// The page's side of src/platform/web/{window,ports_web,first_screen}.cpp: it moves bytes, not rules. Declared in js.hpp.
// What stands before the program (boot.js, first.js) has made window.entente.

var LibraryEntenteWeb = {
    $ententePage__deps: ['$stringToNewUTF8', 'malloc', 'free'],
    // The program starts when the fonts are here: it has no other.
    $ententePage__postset: 'ententePage.hold();',
    $ententePage: {
        fragment: '',
        timer: 0,
        fonts: {},

        hold: function () {
            addRunDependency('fonts');
            entente.fonts.then(function (fonts) {
                ententePage.fonts = fonts;
                removeRunDependency('fonts');
            });
        },

        text: function (string) { return stringToNewUTF8(string); },

        // Ends a call that C++ waits for; bytes: Uint8Array or null.
        answer: function (ticket, status, bytes, text) {
            if (!ticket) return;
            var size = bytes ? bytes.length : 0;
            var data = size ? _malloc(size) : 0;
            if (size && !data) {
                status = 3;
                size = 0;
            } else if (size) {
                HEAPU8.set(bytes, data);
            }
            _entente_web_answer(ticket, status, data, size, ententePage.text(text || ''));
        },

        readFragment: function () {
            var raw = location.hash.slice(1);
            try {
                return decodeURIComponent(raw);
            } catch (e) {
                return raw;
            }
        },

        watchSize: function () {
            var canvas = document.getElementById('canvas'), exact = null;
            function tell() {
                var box = canvas.getBoundingClientRect(), ratio = window.devicePixelRatio || 1;
                var width = box.width * ratio, height = box.height * ratio;
                // The observer is exact to the pixel, but unaware of a ratio that a developer tool pretends.
                var fits = exact && Math.abs(exact.inlineSize - width) < 2 && Math.abs(exact.blockSize - height) < 2;
                _entente_web_resized(Math.round(fits ? exact.inlineSize : width), Math.round(fits ? exact.blockSize : height), ratio);
            }
            function watch(box) {
                new ResizeObserver(function (entries) {
                    if (box !== 'content-box') exact = entries[0].devicePixelContentBoxSize[0];
                    tell();
                }).observe(canvas, { box: box });
            }
            watch('content-box');
            try {
                watch('device-pixel-content-box');
            } catch (e) {
                // A browser without it: rounding is the best there is.
            }
            // Zooming leaves the number of device pixels as it was.
            window.addEventListener('resize', tell);
        },

        watchMedia: function () {
            var wishes = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(forced-colors: active)'];
            var queries = wishes.map(function (wish) { return matchMedia(wish); });
            function tell() {
                var bits = 0;
                queries.forEach(function (query, at) {
                    if (query.matches) bits |= 1 << at;
                });
                if (navigator.onLine !== false) bits |= 8;
                if (document.visibilityState === 'visible') bits |= 16;
                _entente_web_media(bits);
            }
            queries.forEach(function (query) { query.addEventListener('change', tell); });
            window.addEventListener('online', tell);
            window.addEventListener('offline', tell);
            document.addEventListener('visibilitychange', function () {
                tell();
                if (document.visibilityState === 'hidden') _entente_web_flush();
            });
            window.addEventListener('pagehide', function () { _entente_web_flush(); });
            tell();
        },

        // The address and the title go to the browser after the frame that they belong to: a new entry in the history can take it as
        // long as the frame itself.
        addresses: [],
        title: null,
        telling: false,
        tellBrowser: function () {
            if (ententePage.telling) return;
            ententePage.telling = true;
            setTimeout(function () {
                ententePage.telling = false;
                ententePage.flushAddress();
                if (ententePage.title !== null) document.title = ententePage.title;
                ententePage.title = null;
            }, 50);
        },
        flushAddress: function () {
            ententePage.addresses.splice(0).forEach(function (next) {
                if (next.text === ententePage.readFragment()) return;
                var address = location.pathname + location.search + (next.text ? '#' + encodeURI(next.text) : '');
                if (next.replace) history.replaceState(null, '', address);
                else history.pushState(null, '', address);
                ententePage.fragment = ententePage.readFragment();
            });
        },

        watchAddress: function () {
            ententePage.fragment = ententePage.readFragment();
            function changed() {
                ententePage.addresses = [];  // a person went elsewhere meanwhile
                var now = ententePage.readFragment();
                if (now === ententePage.fragment) return;
                ententePage.fragment = now;
                _entente_web_navigated(ententePage.text(now));
            }
            window.addEventListener('popstate', changed);
            window.addEventListener('hashchange', changed);
        },

        stats: function () {
            var out = _malloc(56);
            HEAPU8.fill(0, out, out + 56);
            _entente_web_stats(out);
            var numbers = HEAPF64.slice(out >> 3, (out >> 3) + 7);
            _free(out);
            var module = performance.getEntriesByType('resource').filter(function (entry) { return /\/app\.wasm$/.test(entry.name); })[0];
            return {
                frames: numbers[0], last_frame_ms: numbers[1], p95_frame_ms: numbers[2], sequence: numbers[3],
                durable_sequence: numbers[4], preview_ms: numbers[5], resting: !numbers[6],
                wasm_bytes: module ? module.decodedBodySize : 0, memory_bytes: HEAPU8.length,
            };
        },

        // Where the clipboard's own interface is refused: the old way, which needs a field.
        copyBySelecting: function (text) {
            var field = document.createElement('textarea');
            field.value = text;
            field.className = 'off-screen';
            document.body.appendChild(field);
            var before = document.activeElement;
            field.select();
            var done = document.execCommand('copy');
            field.remove();
            if (before && before.focus) before.focus({ preventScroll: true });
            return done;
        },
    },

    entente_js_start__deps: ['$ententePage'],
    entente_js_start: function () {
        ententePage.watchMedia();
        ententePage.watchAddress();
        ententePage.watchSize();
        entente.stats = ententePage.stats;
    },

    entente_js_show: function (visible) {
        document.getElementById('stage').hidden = !visible;
    },

    entente_js_screen_pixels: function () {
        var ratio = window.devicePixelRatio || 1;
        return Math.max(screen.width, window.innerWidth) * Math.max(screen.height, window.innerHeight) * ratio * ratio;
    },

    // Written and never read, but the browser keeps such a canvas in plain memory, where the pixels come from.
    entente_js_paint_open__deps: ['$ententePage'],
    entente_js_paint_open: function () {
        ententePage.paper = document.getElementById('canvas').getContext('2d', { alpha: false, willReadFrequently: true });
        return ententePage.paper ? 1 : 0;
    },

    entente_js_paint__deps: ['$ententePage'],
    // Of rows that are `width` wide the columns from `left` to `right`.
    entente_js_paint: function (pixels, width, height, top, left, right) {
        var view = new Uint8ClampedArray(HEAPU8.buffer, pixels, width * height * 4);
        ententePage.paper.putImageData(new ImageData(view, width, height), 0, top, left, 0, right - left, height);
    },

    entente_js_cursor: function (name) {
        document.getElementById('stage').style.cursor = UTF8ToString(name);
    },

    entente_js_theme: function (name, dark, background) {
        entente.setTheme(UTF8ToString(name), !!dark, UTF8ToString(background));
    },

    entente_js_language: function (code) {
        entente.setLanguage(UTF8ToString(code));
    },

    entente_js_title__deps: ['$ententePage'],
    entente_js_title: function (title) {
        ententePage.title = UTF8ToString(title);
        ententePage.tellBrowser();
    },

    entente_js_fragment__deps: ['$ententePage'],
    entente_js_fragment: function () {
        ententePage.flushAddress();
        return ententePage.text(ententePage.readFragment());
    },

    entente_js_set_fragment__deps: ['$ententePage'],
    entente_js_set_fragment: function (fragment, replace) {
        ententePage.addresses.push({ text: UTF8ToString(fragment), replace: replace });
        ententePage.tellBrowser();
    },

    entente_js_base_address__deps: ['$ententePage'],
    entente_js_base_address: function () {
        return ententePage.text(location.origin + location.pathname.replace(/[^\/]*$/, ''));
    },

    // The program's memory is written over first: the browser may keep the pages of a memory that nobody uses any more for a while. The
    // program has returned by then, and finds nothing of itself should it be called once more.
    entente_js_reload: function () {
        setTimeout(function () {
            document.querySelectorAll('input, textarea').forEach(function (field) { field.value = ''; });
            document.getElementById('mirror').replaceChildren();
            HEAPU8.fill(0);
            location.reload();
        }, 0);
    },

    entente_js_open_tab: function (address) {
        window.open(UTF8ToString(address), '_blank', 'noopener,noreferrer');
    },

    entente_js_get_preference__deps: ['$ententePage'],
    entente_js_get_preference: function (key) {
        var name = UTF8ToString(key);
        // Where no language was chosen, the program speaks the one that the page already stands in.
        var value = name === 'language' ? entente.language() : entente.preference(name);
        return value === null ? 0 : ententePage.text(value);
    },

    entente_js_set_preference: function (key, value) {
        entente.setPreference(UTF8ToString(key), UTF8ToString(value));
    },

    entente_js_keep_storage__deps: ['$ententePage'],
    entente_js_keep_storage: function (ask, ticket) {
        var answer = function (kept) { ententePage.answer(ticket, kept ? 0 : 2, null, ''); };
        if (!navigator.storage || !navigator.storage.persisted) return void setTimeout(answer, 0, false);
        navigator.storage.persisted().then(function (kept) {
            return kept || !ask ? kept : navigator.storage.persist();
        }).then(answer, function () { answer(false); });
    },

    entente_js_copy_text__deps: ['$ententePage'],
    entente_js_copy_text: function (text, ticket) {
        var string = UTF8ToString(text);
        function fallBack() {
            ententePage.answer(ticket, ententePage.copyBySelecting(string) ? 0 : 1);
        }
        if (!navigator.clipboard) return fallBack();
        navigator.clipboard.writeText(string).then(function () { ententePage.answer(ticket, 0); }, fallBack);
    },

    entente_js_font_size__deps: ['$ententePage'],
    entente_js_font_size: function (name) {
        var font = ententePage.fonts[UTF8ToString(name)];
        return font ? font.byteLength : 0;
    },

    entente_js_font_copy__deps: ['$ententePage'],
    entente_js_font_copy: function (name, out) {
        HEAPU8.set(new Uint8Array(ententePage.fonts[UTF8ToString(name)]), out);
    },

    entente_js_fetch__deps: ['$ententePage'],
    entente_js_fetch: function (path, ticket) {
        entente.get(UTF8ToString(path)).then(function (response) { return response.arrayBuffer(); }).then(function (buffer) {
            ententePage.answer(ticket, 0, new Uint8Array(buffer));
        }, function (error) {
            ententePage.answer(ticket, 1, null, String(error.message));
        });
    },

    // When the event's listeners are done, and before anything else.
    entente_js_answer_soon: function () {
        queueMicrotask(function () { _entente_web_answer_soon(); });
    },

    entente_js_wake_after__deps: ['$ententePage'],
    entente_js_wake_after: function (milliseconds) {
        clearTimeout(ententePage.timer);
        if (milliseconds >= 0) ententePage.timer = setTimeout(function () { _entente_web_timer(); }, milliseconds);
    },

    entente_js_now: function () {
        return Date.now();
    },

    entente_js_offset_minutes: function (utc) {
        return -new Date(utc).getTimezoneOffset();
    },

    entente_js_random: function (out, size) {
        // At most 65,536 bytes at a time; into a copy, since the memory may be shared or too large a view.
        for (var at = 0; at < size; at += 65536) {
            var part = new Uint8Array(Math.min(65536, size - at));
            crypto.getRandomValues(part);
            HEAPU8.set(part, out + at);
        }
    },

    entente_js_witness_get__deps: ['$ententePage'],
    entente_js_witness_get: function (key) {
        try {
            var value = localStorage.getItem(UTF8ToString(key));
            return value === null ? 0 : ententePage.text(value);
        } catch (e) {
            return 0;
        }
    },

    entente_js_witness_set: function (key, value) {
        try {
            localStorage.setItem(UTF8ToString(key), UTF8ToString(value));
        } catch (e) {
            // A witness is one voice more, never the only one.
        }
    },

    entente_js_worker__deps: ['$ententePage'],
    entente_js_worker: function (request, size, ticket) {
        var worker;
        function end(status, bytes, text) {
            if (!worker) return;
            worker.terminate();
            worker = null;
            ententePage.answer(ticket, status, bytes, text);
        }
        // Answered as a task of its own, even where the worker cannot start.
        var bytes = HEAPU8.slice(request, request + size);
        try {
            worker = new Worker(entente.workerAddress());
        } catch (error) {
            setTimeout(function () { ententePage.answer(ticket, 1, null, String(error.message)); }, 0);
            return;
        }
        worker.onmessage = function (event) {
            if (event.data instanceof ArrayBuffer) end(0, new Uint8Array(event.data));
            else if (event.data instanceof Uint8Array) end(0, event.data);
            else end(1, null, String(event.data));
        };
        worker.onerror = function (event) { end(1, null, String(event.message || '')); };
        worker.onmessageerror = function () { end(1, null, 'message'); };
        worker.postMessage(bytes.buffer, [bytes.buffer]);
    },

    entente_js_pick__deps: ['$ententePage'],
    entente_js_pick: function (accept, most, ticket) {
        var input = document.createElement('input');
        input.type = 'file';
        input.accept = UTF8ToString(accept);
        input.className = 'off-screen';
        input.setAttribute('aria-hidden', 'true');
        input.tabIndex = -1;
        var open = true;
        function end(status, bytes, name) {
            if (!open) return;
            open = false;
            input.remove();
            ententePage.answer(ticket, status, bytes, name);
        }
        input.addEventListener('cancel', function () { end(2); });
        input.addEventListener('change', function () {
            var file = input.files[0];
            if (!file) return end(2);
            if (file.size > most) return end(3, null, file.name);
            file.arrayBuffer().then(function (buffer) { end(0, new Uint8Array(buffer), file.name); },
                                    function () { end(1, null, file.name); });
        });
        document.body.appendChild(input);
        input.click();
    },

    entente_js_save: function (name, mime, bytes, size) {
        var address = URL.createObjectURL(new Blob([HEAPU8.slice(bytes, bytes + size)], { type: UTF8ToString(mime) }));
        var link = document.createElement('a');
        link.href = address;
        link.download = UTF8ToString(name);
        link.click();
        setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
    },

    entente_js_screen__deps: ['$ententePage'],
    entente_js_screen: function (what, text, more) {
        entente.screen[UTF8ToString(what)](UTF8ToString(text), UTF8ToString(more));
    },

    entente_js_screen_connect__deps: ['$ententePage'],
    entente_js_screen_connect: function () {
        // From 5 on they are app::FormAction.
        var actions = {
            unlock: 0, create: 1, sample: 2, language: 3, theme: 4, key: 5, typed: 6, pick: 7, restore: 8, change: 9, back: 10, salvage: 11,
            first: 12, second: 13, erase: 14, lookFirst: 15, lookSecond: 16,
        };
        // Lengths go beside the texts: a passphrase may hold any character.
        function give(text) {
            return text ? ententePage.text(text) : 0;
        }
        entente.screen.connect(function (action, first, second) {
            var sizes = [first, second].map(function (text) { return lengthBytesUTF8(text || ''); });
            _entente_web_screen_action(actions[action], give(first), sizes[0], give(second), sizes[1]);
        });
    },
};

mergeInto(LibraryManager.library, LibraryEntenteWeb);
