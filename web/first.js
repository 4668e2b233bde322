// The forms that stand before a workspace: unlock, new workspace, sample. They are on the page before the program has loaded;
// what is submitted meanwhile waits for it. src/platform/web/first_screen.hpp is the other side.
'use strict';

(function () {
    const entente = window.entente;
    const page = document.getElementById('first');
    const card = document.getElementById('card');
    const kShortest = 10;           // characters of a passphrase of one's own
    let send = null;                // the program, once it is there
    let waiting = null;             // what was submitted before that
    let view = '', rebuild = null;  // the form on show, and how it is made in another language
    const lists = {};               // of words for passphrases, by language, fetched when one is first asked for
    const known = new Set();        // all of their words
    let parts = {};                 // the elements of the form on show

    const root = document.documentElement;

    // Texts are English in this file; Welsh comes from the catalogue (strings.js, made from assets/locale/cy.po).
    const tr = function (text, ...values) {
        const strings = root.lang === 'cy' ? entente.strings.cy : {};
        return (strings[text] || text).replace(/\{(\d)\}/g, function (whole, at) { return values[at]; });
    };

    // An element with properties, attributes (by their dashes) and children.
    function make(tag, properties, ...children) {
        const element = document.createElement(tag);
        Object.keys(properties || {}).forEach(function (name) {
            if (name.startsWith('on')) element.addEventListener(name.slice(2), properties[name]);
            else if (name.includes('-') || name === 'role' || name === 'for') element.setAttribute(name, properties[name]);
            else element[name] = properties[name];
        });
        element.append(...children.filter(Boolean));
        return element;
    }

    function submit(action, first, second) {
        if (send) return send(action, first, second);
        waiting = [action, first, second];
        busy(tr("The program is still loading. This goes on by itself."));
    }

    // ---- the parts of a form

    function passwordField(id, label, kind) {
        const input = make('input', {
            id, type: 'password', autocomplete: kind, required: true, spellcheck: false, autocapitalize: 'off',
        });
        const toggle = make('button', {
            type: 'button', className: 'quiet', textContent: tr("Show"), 'aria-pressed': 'false', 'aria-controls': id,
            onclick: function () {
                const shown = input.type === 'text';
                input.type = shown ? 'password' : 'text';
                toggle.textContent = shown ? tr("Show") : tr("Hide");
                toggle.setAttribute('aria-pressed', String(!shown));
                input.focus();
            },
        });
        return {input, block: make('div', {className: 'block'}, make('label', {for: id, textContent: label}),
            make('div', {className: 'with-button'}, input, toggle)), toggle};
    }

    function problemLine() {
        parts.problem = make('p', {className: 'problem', role: 'alert', id: 'problem', hidden: true});
        parts.busy = make('div', {className: 'busy', role: 'status', hidden: true},
            make('span', {className: 'bar'}), make('span', {className: 'words'}));
        return [parts.problem, parts.busy];
    }

    function sampleBlock() {
        return make('section', {className: 'sample'},
            make('div', {},
                make('h2', {textContent: tr("Only looking?")}),
                make('p', {textContent: tr(
                    "A film with its whole schedule, ready to try. It is kept in memory only: close the tab and it is gone.")})),
            make('button', {
                type: 'button', id: 'sample', textContent: tr("Try the sample"),
                onclick: function () { submit('sample', '', ''); },
            }));
    }

    function fill(...children) {
        card.replaceChildren(...children.filter(Boolean));
    }

    function unlockForm(name, withKey) {
        const pass = withKey ? keyField(tr("Recovery key")) : passwordField('passphrase', tr("Passphrase"), 'current-password');
        parts = {first: pass.input, pass: pass.input};
        const other = link(withKey ? tr("Use the passphrase") : tr("Use the recovery key"), function () {
            rebuild = function () { unlockForm(name, !withKey); };
            rebuild();
            parts.first.focus();
        });
        fill(make('form', {
            className: 'form', autocomplete: 'on', noValidate: true,
            onsubmit: function (event) {
                event.preventDefault();
                const secret = pass.input.value.normalize('NFC');
                if (!secret) return error(withKey ? tr("Enter the recovery key.") : tr("Enter the passphrase of this workspace."));
                problem('');
                submit(withKey ? 'key' : 'unlock', secret, '');
            },
        }, make('h1', {textContent: name || tr("Open your workspace")}),
            make('p', {className: 'lead', textContent: tr(
                "It is on this laptop, encrypted. Only your passphrase or your recovery key opens it.")}),
            make('input', {type: 'text', autocomplete: 'username', value: 'Entente', hidden: true, readOnly: true}),
            pass.block, ...problemLine(),
            make('button', {type: 'submit', className: 'primary', textContent: tr("Unlock")}), other), sampleBlock());
    }

    // What is typed off a sheet of paper: shown as it is typed.
    function keyField(label) {
        const input = make('input', {
            id: 'key', type: 'text', className: 'key', autocomplete: 'off', required: true, spellcheck: false, autocapitalize: 'characters',
        });
        return {input, block: make('div', {className: 'block'}, make('label', {for: 'key', textContent: label}), input)};
    }

    function link(text, onclick) {
        return make('button', {type: 'button', className: 'link', textContent: text, onclick});
    }

    // A new passphrase, typed twice, with its strength and an offer. The caller sets `parts` first.
    function newPassphrase(label) {
        const pass = passwordField('passphrase', label, 'new-password');
        const again = passwordField('again', tr("Passphrase again"), 'new-password');
        Object.assign(parts, {pass: pass.input, again: again.input});
        parts.strength = make('p', {className: 'strength', id: 'strength', role: 'status'});
        pass.input.setAttribute('aria-describedby', 'strength');
        parts.copy = make('div', {className: 'copy'});
        pass.input.addEventListener('input', function () { judge(pass.input); });
        const offer = link(tr("Offer six words"), function () {
            sixWords().then(function ([count, drawn]) {
                const text = drawn.join(' ');
                [pass, again].forEach(function (field) { field.input.value = text; });
                if (pass.input.type === 'password') pass.toggle.click();
                parts.strength.className = 'strength good';
                parts.strength.replaceChildren(make('span', {className: 'words', textContent: text}), tr(
                    "Six words drawn at random out of {0}: {1} bits of chance. Write them down before you go on.",
                    count.toLocaleString('en'), Math.floor(6 * Math.log2(count))));
                parts.copy.replaceChildren(...copyButton(text));
            }, function () { error(tr("The list of words could not be loaded."), tr("Type a passphrase of your own.")); });
        });
        return [pass.block, make('div', {className: 'under'}, parts.strength, offer), parts.copy, again.block];
    }

    // Copies a text that opens the workspace, and says what becomes of it.
    function copyButton(text) {
        const said = make('span', {role: 'status'});
        return [make('button', {
            type: 'button', className: 'link', textContent: tr("Copy"),
            onclick: function () {
                entente.copied.copy(text).then(function () {
                    said.textContent = tr("Copied. It is taken off the clipboard after a minute, or when this form is left.");
                }, function () { said.textContent = tr("It could not be copied. Select it, and copy it yourself."); });
            },
        }), said];
    }

    // The new passphrase, or nothing where it cannot be taken: that is said.
    function chosenPassphrase() {
        const [secret, repeated] = [parts.pass, parts.again].map(function (input) { return input.value.normalize('NFC'); });
        if ([...secret].length < kShortest) {
            return error(tr("The passphrase needs at least {0} characters.", kShortest), tr("Several words are easy to keep in mind."),
                parts.pass);
        }
        if (secret !== repeated) return error(tr("The two passphrases are not the same."), '', parts.again);
        problem('');
        return secret;
    }

    function newForm() {
        const house = make('input', {id: 'house', type: 'text', autocomplete: 'off', maxLength: 120, required: true});
        parts = {first: house, house};
        const blocks = newPassphrase(tr("Passphrase"));
        parts.pass.setAttribute('aria-describedby', 'strength warning');
        fill(make('form', {
            className: 'form', autocomplete: 'on', noValidate: true,
            onsubmit: function (event) {
                event.preventDefault();
                if (!house.value.trim()) return error(tr("Give your house a name."), '', parts.house);
                const secret = chosenPassphrase();
                if (secret) submit('create', house.value.trim(), secret);
            },
        }, make('h1', {textContent: tr("Make a workspace")}),
            make('div', {className: 'block'}, make('label', {for: 'house', textContent: tr("Name of your house")}), house),
            ...blocks,
            make('p', {className: 'warning', id: 'warning'},
                make('span', {className: 'sign', 'aria-hidden': 'true', textContent: '▲'}),
                make('span', {textContent: tr(
                    "Nobody can reset a lost passphrase. A recovery key comes next: it is the only other way in.")})),
            ...problemLine(), make('button', {type: 'submit', className: 'primary', textContent: tr("Make workspace")}),
            link(tr("Open a backup…"), function () { submit('pick', '', ''); })), sampleBlock());
        showStrength('');
    }

    function showStrength(text) {
        const enough = [...text].length >= kShortest, wanting = entente.strength(text, known).wanting;
        const grade = !text ? 0 : !enough || wanting > 2 ? 1 : wanting > 0 ? 2 : 3;
        const said = [tr("At least {0} characters; several words are best.", kShortest),
            enough ? tr("Easy to guess.") : tr("Too short."),
            wanting > 1 ? tr("Fair. Two more words would make it strong.") : tr("Fair. Another word would make it strong."), tr("Strong.")];
        parts.strength.className = 'strength ' + ['', 'bad', 'fair', 'good'][grade];
        parts.strength.textContent = said[grade];
        parts.copy.replaceChildren();
    }

    // Shown at once, and once more when the words of our lists are known: each of them counts as one choice, however long it is.
    function judge(input) {
        const field = parts.pass, text = input.value;
        showStrength(text);
        if (!text || known.size > 0) return;
        Promise.all(['en', 'cy'].map(words)).then(function () {
            if (parts.pass === field && input.value === text && !parts.copy.firstChild) showStrength(text);
        }, function () {});
    }

    // Our own list of words in a language.
    function words(language) {
        if (lists[language]) return Promise.resolve(lists[language]);
        return entente.get(language === 'cy' ? 'words_cy.txt' : 'words.txt').then(function (response) {
            return response.text();
        }).then(function (text) {
            lists[language] = text.split(/\s+/).filter(Boolean);
            const all = lists.en && lists.cy ? [...lists.en, ...lists.cy] : [];
            all.forEach(function (word) { known.add(word.normalize('NFC').toLowerCase()); });
            return lists[language];
        });
    }

    // Six of them in the page's language, each as likely as the others.
    function sixWords() {
        return words(root.lang === 'cy' ? 'cy' : 'en').then(function (all) {
            const limit = Math.floor(0x100000000 / all.length) * all.length;
            return [all.length, Array.from({length: 6}, function () {
                const draw = new Uint32Array(1);
                do crypto.getRandomValues(draw); while (draw[0] >= limit);
                return all[draw[0] % all.length];
            })];
        });
    }

    // ---- what the program says

    function problem(text, remedy, field) {
        if (!parts.problem) return;
        parts.problem.hidden = !text;
        parts.problem.replaceChildren(make('strong', {textContent: text || ''}), remedy ? ' ' + remedy : '');
        [parts.house, parts.pass, parts.again].filter(Boolean).forEach(function (input) { input.removeAttribute('aria-invalid'); });
        if (text && field) field.setAttribute('aria-invalid', 'true');
    }

    function setBusy(text) {
        if (!parts.busy) return;
        parts.busy.hidden = !text;
        parts.busy.lastChild.textContent = text;
        card.querySelectorAll('input, button').forEach(function (element) { element.disabled = Boolean(text); });
    }

    function busy(text) {
        problem('');
        setBusy(text);
    }

    function error(text, remedy, field) {
        setBusy('');
        const at = field || parts.pass;
        problem(text, remedy, at);
        if (at) {
            at.focus();
            at.select();
        }
    }

    function show(next, build) {
        page.hidden = false;
        setBusy('');
        if (view !== next) {
            entente.copied.clear();
            view = next;
            rebuild = build;
            build();
        }
        if (parts.first && !card.contains(document.activeElement)) parts.first.focus();
    }

    function fatal(text, remedy) {
        document.getElementById('stage').hidden = true;
        page.hidden = false;
        view = 'fatal';
        rebuild = null;
        parts = {};
        const again = make('button', {type: 'button', className: 'primary', textContent: tr("Try again")});
        again.addEventListener('click', function () { location.reload(); });
        fill(make('div', {className: 'form', role: 'alert'},
            make('h1', {textContent: text}), make('p', {className: 'lead', textContent: remedy || ''}), again));
        again.focus();
    }

    // Over everything, as the form it was copied from may be gone.
    entente.copied.failed = function (failed) {
        const before = document.getElementById('uncleared');
        if (before && failed) return;
        if (before) before.remove();
        if (failed) {
            document.body.append(make('p', {id: 'uncleared', role: 'alert', textContent: tr(
                "What you copied here could not be taken off the clipboard yet. Copy something else in its place.")}));
        }
    };

    // What keys.js makes its forms of.
    entente.forms = {
        tr, make, link, fill, submit, error, problem, problemLine, passwordField, keyField, newPassphrase, chosenPassphrase, showStrength,
        copyButton,
        show: function (name, build) {
            view = '';  // these are made anew each time
            show(name, build);
        },
        begin: function (elements) { parts = elements; },
    };

    entente.screen = {
        connect: function (program) {
            send = program;
            if (!waiting) return;
            const action = waiting;
            waiting = null;
            send(...action);
        },
        unlock: function (name) {
            entente.setPreference('workspace', '1');
            show('unlock', function () { unlockForm(name); });
        },
        new: function () {
            entente.setPreference('workspace', '0');
            show('new', newForm);
        },
        hide: function () {
            // Nothing that was typed stays in the page.
            page.hidden = true;
            entente.copied.clear();
            view = '';
            rebuild = null;
            parts = {};
            fill();
        },
        busy, error, fatal, unsupported,
    };

    // ---- language and theme

    function choice(name, legend, options, chosen, change) {
        return make('fieldset', {}, make('legend', {className: 'off-screen', textContent: legend}), ...options.map(function (option) {
            const id = name + '-' + option[0];
            const input = make('input', {type: 'radio', name, id, value: option[0], checked: option[0] === chosen});
            input.addEventListener('change', function () { change(option[0]); });
            return make('span', {}, input, make('label', {for: id, textContent: option[1], lang: option[2] || ''}));
        }));
    }

    function drawAround() {
        document.title = 'Entente';
        const points = [tr("Encrypted with your passphrase, on this laptop only."),
            tr("Works without a network, on a shoot or in a meeting."), tr("Nothing leaves this computer unless you send it.")];
        const themes = [['system', tr("As the system")], ['dark', tr("Dark")], ['light', tr("Light")]];
        document.getElementById('promise').replaceChildren(
            make('p', {className: 'line', textContent: tr("Know what every change does to every promise, before you agree to it.")}),
            make('ul', {}, ...points.map(function (text) { return make('li', {textContent: text}); })));
        document.getElementById('choices').replaceChildren(
            choice('language', tr("Language"), [['en', 'English', 'en'], ['cy', 'Cymraeg', 'cy']], root.lang, function (code) {
                entente.setPreference('language', code);
                entente.setLanguage(code);
                if (send) send('language', code, '');
                redraw();
                document.getElementById('language-' + code).focus();
            }),
            choice('theme', tr("Colours"), themes, entente.preference('theme') || 'system', function (name) {
                entente.setPreference('theme', name);
                entente.applyTheme();
                if (send) send('theme', name, '');
            }));
    }

    function redraw() {
        drawAround();
        const kept = ['house', 'pass', 'again'].map(function (name) { return [name, parts[name] ? parts[name].value : '']; });
        if (rebuild) rebuild();
        kept.forEach(function (pair) { if (parts[pair[0]]) parts[pair[0]].value = pair[1]; });
        if (parts.strength) judge(parts.pass);
        document.dispatchEvent(new Event('entente-language'));
    }

    function unsupported() {
        fatal(tr("This browser cannot run the program."),
            tr("It needs WebAssembly and WebGL 2: use a current Chromium, Firefox, Edge or Safari."));
    }

    function failed() {
        if (send) fatal(tr("The program has stopped because of a mistake of its own."), tr("What was saved is safe. Reload to go on."));
        else notLoaded();
    }

    // The browser does not say whether a file did not come or is not what the page expects: so it is asked whether it is there.
    function notLoaded() {
        const title = tr("The program could not be loaded.");
        fatal(title, tr("Check the connection, then try again."));
        fetch('app.wasm', {method: 'HEAD', cache: 'no-store'}).then(function (answer) {
            if (answer.ok && !send) {
                fatal(title, [tr("What this address sends is not the program that belongs to this page, so it was not started."),
                    tr("Try again in a minute; if it stays so, tell whoever keeps this site.")].join(' '));
            }
        }, function () {});
    }

    // ---- start

    drawAround();
    window.addEventListener('error', function (event) {
        const script = event.target && event.target.src;
        if (script || event.error instanceof WebAssembly.RuntimeError) failed();
    }, true);
    window.addEventListener('unhandledrejection', function (event) {
        const kinds = [WebAssembly.RuntimeError, WebAssembly.CompileError, WebAssembly.LinkError];
        // A module that does not come rejects in the browser's words: "Failed to fetch", "NetworkError", "Load failed".
        const missing = !send && event.reason instanceof TypeError && /fetch|network|load/i.test(event.reason.message);
        if (missing || kinds.some(function (kind) { return event.reason instanceof kind; })) failed();
    });
    if (!window.WebAssembly || !window.WebGL2RenderingContext || !window.ResizeObserver) {
        unsupported();
        return;
    }
    // The witness stands there from the first edit that was kept; the program looks, and corrects this where it is wrong.
    if (entente.preference('workspace') === '1' || entente.preference('witness')) entente.screen.unlock('');
    else show('new', newForm);
    entente.fonts.catch(failed);
}());
