// How hard a passphrase is to guess, in bits: a rough count of the choices that were made, and rather too low than too high, since who
// guesses knows what people do. first.js says it in words.
'use strict';

(function () {
    const kWord = 11;           // bits of a word out of a list of ours: log2 of 2,000
    const kLetter = kWord / 5;  // other letters are taken for words of five,
    const kOther = 1.5 * kWord, kOtherLetters = 12;  // but up to twelve in one for one word, of a longer list
    const kDigit = Math.log2(10), kSign = 4;
    const kYear = 6;            // of the last hundred, the last forty mostly
    const kRun = 5;             // a row of the keyboard or the alphabet: which, from where, which way
    const kAgain = 2;           // what stood there before
    const kEnding = 2;          // the mark that closes it
    const kLong = 256;          // signs that are looked at
    const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '!"£$%^&*()', '!@#$%^&*()',
        '1qaz2wsx3edc4rfv5tgb6yhn7ujm', 'qazwsxedcrfvtgbyhnujm'];
    const runs = rows.concat(rows.map(function (row) { return [...row].reverse().join(''); }));
    const likeLetters = {0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i'};
    const isLetter = function (sign) { return /[\p{L}\p{M}]/u.test(sign); };

    // p4ssw0rd is password: signs between letters that stand for letters, each a choice of two.
    function unfold(signs) {
        let changed = 0;
        const plain = signs.map(function (sign, at) {
            const between = at > 0 && at + 1 < signs.length && isLetter(signs[at - 1]) && isLetter(signs[at + 1]);
            if (!between || !Object.prototype.hasOwnProperty.call(likeLetters, sign)) return sign;
            changed += 1;
            return likeLetters[sign];
        });
        return [plain, changed];
    }

    // A first letter or all of them: a choice of two. Else one for each capital.
    function capitals(token) {
        const count = [...token].filter(function (sign) { return sign !== sign.toLowerCase(); }).length;
        return count === 0 ? 0 : count === 1 && token[0] !== token[0].toLowerCase() || count === [...token].length ? 1 : count;
    }

    // How far from `at` the text stands in one of the rows.
    function inRow(text, at) {
        let length = 0;
        runs.forEach(function (row) {
            let from = row.indexOf(text[at]);
            let count = 0;
            while (from >= 0 && at + count < text.length && row[from + count] === text[at + count]) count += 1;
            length = Math.max(length, count);
        });
        return length;
    }

    // How far from `at` it stands earlier in the text; the two may overlap, as in "aaaa".
    function earlier(text, at) {
        let length = 0;
        for (let from = 0; from < at; from++) {
            let count = 0;
            while (at + count < text.length && text[from + count] === text[at + count]) count += 1;
            length = Math.max(length, count);
        }
        return length;
    }

    // Signs that belong together: all letters, all digits, or each other sign alone.
    function tokens(signs) {
        const kind = function (sign) { return isLetter(sign) ? 'letters' : /\d/.test(sign) ? 'digits' : ''; };
        const found = [];
        signs.forEach(function (sign) {
            const last = found[found.length - 1];
            if (last && kind(sign) && last.kind === kind(sign)) last.text += sign;
            else found.push({kind: kind(sign), text: sign});
        });
        return found;
    }

    function oneSign(sign, at, signs) {
        if (/\s/.test(sign)) return 0;
        if (isLetter(sign)) return kLetter;
        if (/\d/.test(sign)) return kDigit;
        if (signs.indexOf(sign) < at) return 0.5;
        return at === signs.length - 1 ? kEnding : kSign;
    }

    // The cheapest way to put the text together. `words`: a Set of those of our lists, in small letters.
    function guessBits(text, words) {
        const signs = [...text.normalize('NFC')].slice(0, kLong);
        return Math.min(count(signs, 0, words), count(...unfold(signs), words));
    }

    function count(signs, changed, words) {
        const small = signs.map(function (sign) { return sign.toLowerCase(); });
        const cost = [0].concat(small.map(function () { return Infinity; }));
        const reach = function (from, to, bits) { cost[to] = Math.min(cost[to], cost[from] + bits); };
        const seen = new Set();
        let at = 0, more = changed;
        tokens(signs).forEach(function (token) {
            const lower = token.text.toLowerCase(), end = at + [...token.text].length;
            more += capitals(token.text);
            if (token.kind === 'letters' && (seen.has(lower) || words.has(lower))) {
                reach(at, end, seen.has(lower) ? kAgain : kWord);
            } else {
                if (token.kind === 'letters' && end - at <= kOtherLetters) reach(at, end, kOther);
                for (let i = at; i < end; i++) parts(small, i, end, reach, words);
            }
            seen.add(lower);
            at = end;
        });
        return cost[small.length] + more;
    }

    // What can begin at `at` within a token that ends at `end`.
    function parts(small, at, end, reach, words) {
        reach(at, at + 1, oneSign(small[at], at, small));
        if (/^(19|20)\d\d$/.test(small.slice(at, at + 4).join(''))) reach(at, at + 4, kYear);
        const row = inRow(small, at), again = Math.min(earlier(small, at), end - at);
        for (let length = 4; length <= row; length++) reach(at, at + length, kRun);
        for (let length = 3; length <= again; length++) reach(at, at + length, kAgain);
        for (let length = 6; length <= Math.min(12, end - at); length++) {
            if (words.has(small.slice(at, at + length).join(''))) reach(at, at + length, kWord);
        }
    }

    // How many more words would make it strong: 0 where it is, which takes five.
    window.entente.strength = function (text, words) {
        const bits = guessBits(text, words);
        return {bits, wanting: Math.max(0, Math.ceil((5 * kWord - bits) / kWord - 1e-9))};
    };
}());
