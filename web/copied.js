// What is copied off the first screen (a recovery key, six words) does not stay on the clipboard: after a minute, or when its form or the
// page is left, it is taken off again, if it is still there. Whether it is may only be read with a permission that nobody is asked for
// here. Without it the clipboard is emptied all the same: what was copied elsewhere since is lost, which costs a second copy; a key that
// stays lies open to every program, and on some systems to every device of that person.
'use strict';

(function () {
    const kStays = 60000;  // ms
    const again = ['focus', 'pointerdown', 'keydown'];  // a browser lets a page write when it is in front, some only after a gesture
    const page = document.getElementById('first');
    let text = null;       // what was copied last, and not taken off
    let timer = 0;

    function put(what) {
        text = what;
        clearTimeout(timer);
        timer = setTimeout(clear, kStays);
        window.addEventListener('beforeunload', leave);
        tell(false);
    }

    async function isOurs() {
        try {
            if ((await navigator.permissions.query({name: 'clipboard-read'})).state !== 'granted') return true;
        } catch (error) {
            return true;  // a browser that does not know the question
        }
        return await navigator.clipboard.readText() === text;
    }

    // `failed`: a person is told, by whoever does that (first.js).
    function tell(failed) {
        window.entente.copied.failed(failed);
        again.forEach(function (name) {
            if (failed) window.addEventListener(name, clear, true);
            else window.removeEventListener(name, clear, true);
        });
    }

    async function clear() {
        if (text === null) return;
        const what = text;
        clearTimeout(timer);
        try {
            if (await isOurs()) await navigator.clipboard.writeText('');
        } catch (error) {
            if (text === what) tell(true);
            return;
        }
        if (text !== what) return;  // and something was copied meanwhile
        text = null;
        window.removeEventListener('beforeunload', leave);
        tell(false);
    }

    function selected() {
        const field = document.activeElement;
        if (!field || !('selectionStart' in field)) return String(document.getSelection());
        return field.value.slice(field.selectionStart, field.selectionEnd);
    }

    // What a person copies in their own way: the key as it is written, whatever its groups look like on the screen. Of a hidden passphrase
    // a browser copies nothing.
    function byHand(event) {
        const field = document.activeElement, key = document.getElementById('shown-key'), inField = field && field.tagName === 'INPUT';
        if (inField && field.type === 'password') return;
        const what = !inField && key && document.getSelection().containsNode(key, true) ? key.getAttribute('aria-label') : selected();
        if (!what) return;
        event.clipboardData.setData('text/plain', what);
        event.preventDefault();
        if (inField && event.type === 'cut') {
            field.setRangeText('');
            field.dispatchEvent(new Event('input', {bubbles: true}));
        }
        put(what);
    }

    ['copy', 'cut'].forEach(function (name) {
        document.addEventListener(name, function (event) {
            if (page.contains(event.target)) byHand(event);
            else if (selected()) text = null;  // something else, in the program: that stays
        });
    });

    // The page goes: there is no time to look, and what does not happen at once may not happen. A browser that lets neither through (after
    // a click on a link out of the page, or when it is ended) leaves it where it is, and there is nobody to say so.
    function leave() {
        if (text === null) return;
        const empty = function (event) {
            event.stopImmediatePropagation();
            event.preventDefault();
            event.clipboardData.setData('text/plain', '');
        };
        window.addEventListener('copy', empty, true);
        document.execCommand('copy');
        window.removeEventListener('copy', empty, true);
        if (navigator.clipboard) navigator.clipboard.writeText('').catch(function () {});
    }
    window.addEventListener('pagehide', leave);

    window.entente.copied = {
        // Rejects where the browser does not let a page write.
        copy: async function (what) {
            await navigator.clipboard.writeText(what);
            put(what);
        },
        clear,
        failed: function () {},
    };
}());
