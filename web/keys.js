// The forms about keys and copies: the recovery key, a new passphrase, new keys, a backup to restore, and what was found where a
// workspace cannot be opened. first.js has the parts they are made of; src/app/keys.cpp is the other side.
'use strict';

(function () {
    const {tr, make, link, fill, submit, error, problem, problemLine, passwordField, keyField, newPassphrase, chosenPassphrase, copyButton,
        showStrength, show, begin} = window.entente.forms;
    const screen = window.entente.screen;
    const kLeaveAfter = 120000;  // ms without a key: what stands over an open workspace goes back to it, which locks itself

    // `fields` come between the words and the line for problems. `leave`: the text of the button that goes back.
    function form(words, fields, ok, onsubmit, leave, over) {
        let timer = 0;
        const element = make('form', {
            className: 'form', autocomplete: 'off', noValidate: true,
            onsubmit: function (event) {
                event.preventDefault();
                onsubmit();
            },
        }, ...words, ...fields, ...problemLine(),
            ok && make('button', {type: 'submit', className: 'primary', textContent: ok}),
            leave && link(leave, ask('back')));
        function wait() {
            clearTimeout(timer);
            timer = setTimeout(function () { if (element.isConnected) submit('back', '', ''); }, kLeaveAfter);
        }
        if (over) {
            element.addEventListener('keydown', wait);
            wait();
        }
        fill(element);
        return element;
    }

    const ask = (action) => function () { submit(action, '', ''); };
    const act = (text, onclick) => make('button', {type: 'button', textContent: text, onclick});
    const title = (text) => make('h1', {textContent: text});
    const lead = (text) => make('p', {className: 'lead', textContent: text});
    const note = (text) => make('p', {className: 'warning'}, make('span', {className: 'sign', 'aria-hidden': 'true', textContent: '▲'}),
        make('span', {textContent: text}));

    function secretField() {
        return passwordField('secret', tr("Passphrase or recovery key"), 'off');
    }

    // The secret that was typed, or nothing, which is said.
    function typed(input) {
        const secret = input.value.normalize('NFC');
        if (!secret) return void error(tr("Enter the passphrase or the recovery key."), '', input);
        problem('');
        return secret;
    }

    // The recovery key, once. `more`: "open", over an open workspace, whose passphrase is asked for as well; "rekey", where everything is
    // encrypted anew with it.
    screen.recovery = function (key, more) {
        const over = Boolean(more), all = more === 'rekey';
        show('recovery', function () {
            const back = keyField(tr("Type it back")), pass = over && passwordField('secret', tr("Your passphrase"), 'current-password');
            begin({first: back.input, pass: over ? pass.input : back.input});
            form([title(all ? tr("New keys, and a new recovery key") : tr("Your recovery key")),
                all && lead(tr("Everything is encrypted anew: who had the old keys cannot read what you do from now on.")),
                lead(tr("It opens the workspace if the passphrase is lost. Write it down, and keep it away from this laptop.")),
                make('p', {className: 'key', id: 'shown-key', role: 'img', 'aria-label': key},
                    ...key.split('-').map((group) => make('span', {textContent: group}))),
                make('div', {className: 'copy'}, ...copyButton(key))],
            [back.block, over && pass.block, all && note(tr("The old recovery key, and backups made before, belong to the old keys."))],
            all ? tr("Make new keys") : over ? tr("Use this key") : tr("Go on"), function () {
                if (!back.input.value.trim()) return error(tr("Type the key back first."), '', back.input);
                if (over && !pass.input.value) return error(tr("Enter your passphrase."), '', pass.input);
                problem('');
                submit('typed', back.input.value, over ? pass.input.value.normalize('NFC') : '');
            }, all ? tr("Back, unchanged") : over ? tr("Back, without a new key") : tr("Back"), over);
            if (!over) {
                document.querySelector('.form').append(
                    link(tr("Go on without a recovery key: a lost passphrase then means that all is lost"), ask('typed')));
            }
        });
    };

    screen.change = function () {
        show('change', function () {
            const now = passwordField('secret', tr("The passphrase there is, or the recovery key"), 'current-password');
            begin({first: now.input});
            const blocks = newPassphrase(tr("New passphrase"));
            form([title(tr("Change the passphrase"))], [now.block, ...blocks], tr("Change it"), function () {
                if (!now.input.value) return error(tr("Enter the passphrase there is."), '', now.input);
                const next = chosenPassphrase();
                if (next) submit('change', now.input.value.normalize('NFC'), next);
            }, tr("Back, unchanged"), true);
            showStrength('');
        });
    };

    // `more`: "over", where a workspace is there that cannot be opened.
    screen.restore = function (file, more) {
        show('restore', function () {
            const secret = secretField();
            begin({first: secret.input, pass: secret.input});
            const over = more && note(tr("It takes the place of what is here, which is set aside in this browser, not deleted."));
            form([title(tr("Open a backup")), lead(file)], [secret.block, over], tr("Open it"), function () {
                const value = typed(secret.input);
                if (value) submit('restore', value, '');
            }, tr("Back"));
        });
    };

    // What was found, and what can be done. `more`: salvage, fork, erase or backup.
    screen.trouble = function (text, more) {
        show('trouble', function () {
            const [what, remedy, ...found] = text.split('\n');
            const asks = more === 'salvage' || more === 'fork', secret = secretField();
            begin({first: asks ? secret.input : null, pass: asks ? secret.input : null});
            const open = (name) => function () {
                const value = typed(secret.input);
                if (value) submit(name, value, '');
            };
            const element = form([make('div', {role: 'alert'}, title(what), remedy && make('p', {textContent: remedy})),
                make('ul', {className: 'found', 'aria-label': tr("What was found")},
                    ...found.map((line) => make('li', {textContent: line})))],
            [asks && secret.block,
                more === 'salvage' && note(tr("Opened like this, nothing is written: for looking, and to take everything out."))],
            more === 'salvage' && tr("Open what can be read"), open('salvage'));
            if (more === 'fork') {
                const pair = (...buttons) => make('div', {className: 'pair'}, ...buttons);
                element.append(pair(act(tr("Look at the database"), open('lookFirst')), act(tr("Go on with the database"), open('first'))),
                    pair(act(tr("Look at the files"), open('lookSecond')), act(tr("Go on with the files"), open('second'))));
            }
            element.append(act(tr("Open a backup…"), ask('pick')), link(tr("Try again"), function () { location.reload(); }));
            if (!asks) {
                const sure = link(tr("Remove what is left, and begin anew…"), function () {
                    sure.replaceWith(note(tr("What is left of the workspace is erased from this browser. It cannot be undone.")),
                        act(tr("Erase it for good"), ask('erase')));
                });
                element.append(sure);
            }
        });
    };
}());
