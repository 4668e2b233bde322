// A new passphrase and the recovery key on the first screen: what is said of its strength is honest, in English and in Welsh; and what is
// copied there does not stay on the clipboard.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

import {axeViolations, openBrowser, watch} from './lib/browser.mjs';
import {root, site} from './lib/paths.mjs';
import {assert, eventually, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const read = (name) => readFileSync(path.join(root, 'web', name), 'utf8');
const list = (name) => read(name).split(/\s+/).filter(Boolean).map((word) => word.normalize('NFC').toLowerCase());
const english = list('words.txt'), welsh = list('words_cy.txt'), words = new Set([...english, ...welsh]);
const {strength} = (() => {
    const window = {entente: {}};
    vm.runInNewContext(read('strength.js'), {window});
    return window.entente;
})();
const wanting = (text) => strength(text, words).wanting;

// How many words more each would need; 0 is strong. Three and more is easy to guess.
const examples = {
    'Liverpool2024!': 3, 'Welcome2024!': 4, passwordpassword: 4, 'p4ssw0rd!': 4, 'P@ssw0rd2023': 3, qwertyuiop: 5, '1qaz2wsx3edc': 5,
    '0987654321': 5, aaaaaaaaaaaaaaaa: 5, abcabcabcabc: 5, 'Summer1999': 4, 'moss moss moss moss moss moss': 4,
    'Manchester United 1999': 2, JenniferJennifer: 4,
    'lantern kite moss quay': 1, 'lantern kite moss quay barn': 0, 'Lantern-Kite-Moss-Quay-Barn!': 0,
    // Cymraeg
    'Aberystwyth2023': 3, 'Caernarfon1999!': 3, croesocroeso: 4, 'Cymru2024!': 4, 'cymru am byth': 3, 'llyfrgell genedlaethol cymru': 1,
    'aber bachgen cadair': 2, 'aber bachgen cadair dafad': 1, 'aber bachgen cadair dafad eira': 0,
};

test('the strength of a passphrase: what people do counts for little, five words for enough', () => {
    for (const [text, wanted] of Object.entries(examples)) {
        assert.equal(wanting(text), wanted, `${text}: ${strength(text, words).bits} bits`);
        // A mark or a year at the end is no word.
        assert.ok(strength(`${text}1`, words).bits - strength(text, words).bits < 7.7, text);
    }
    assert.equal(wanting('xK9vQ2mZpL7wRtB4nYs8'), 0, 'drawn by a password manager');
});

test('six words of our own stay strong, whichever are drawn, with the lists and before they are there', () => {
    let least = Infinity, drawn = 0;
    for (const all of [english, welsh]) {
        for (let turn = 0; turn < 5000; ++turn) {
            const six = new Set();
            while (six.size < 6) six.add(all[Math.floor(Math.random() * all.length)]);
            const {bits, wanting: more} = strength([...six].join(' '), words);
            assert.equal(more, 0, [...six].join(' '));
            least = Math.min(least, bits);
            ++drawn;
        }
    }
    figure('six words drawn, all strong', drawn);
    figure('least bits counted for six words', least);
});

test('more never counts for less by much, and a long text is judged at once', () => {
    for (const text of ['lantern kite moss quay barn', 'aber bachgen cadair dafad eira', 'Liverpool2024!']) {
        const signs = [...text];
        for (let at = 1; at < signs.length; ++at) {
            const [less, more] = [signs.slice(0, at), signs.slice(0, at + 1)].map((part) => strength(part.join(''), words).bits);
            assert.ok(more > less - 8, `${signs.slice(0, at + 1).join('')}: ${less} then ${more}`);
        }
    }
    const began = Date.now();
    for (const text of ['x1'.repeat(5000), 'a'.repeat(5000), 'qwertyuiop'.repeat(500), '🙂'.repeat(3000), '\ud800'.repeat(50)]) {
        assert.ok(Number.isFinite(strength(text, words).bits), text.slice(0, 9));
    }
    figure('five long texts judged, ms', Date.now() - began);
});

const kCopied = /taken off the clipboard/;
const six = (page) => page.locator('.strength .words').textContent();

// A page of its own. `clock`: time passes when the test says so.
async function fresh({address}, use, {permissions = [], clock = false, language = 'English', problems = false} = {}) {
    const browser = await openBrowser({serviceWorkers: 'block'});
    try {
        await browser.context.grantPermissions(permissions, {origin: new URL(address).origin});
        const page = await browser.context.newPage();
        if (clock) await page.clock.install();
        const seen = watch(page, address);
        await page.goto(address);
        if (language !== 'English') await page.getByLabel(language).check();
        await use(page, browser.context);
        if (!problems) assert.deepEqual(seen.problems, []);
    } finally {
        await browser.close();
    }
}

// What a person would paste now, into a page elsewhere that has no permission either.
async function pasted(context) {
    const page = await context.newPage();
    await page.setContent('<textarea autofocus></textarea>');
    await page.locator('textarea').focus();
    await page.keyboard.press('Control+V');
    const text = await page.locator('textarea').inputValue();
    await page.close();
    return text;
}

for (const [language, weak, fair, strong] of [['English', /Easy to guess/, /Two more words/, /Strong/],
    ['Cymraeg', /Hawdd ei ddyfalu/, /dau air arall/, /Cryf/]]) {
    test(`the first screen says it in ${language}, as it is typed`, async (given) => {
        await fresh(given, async (page) => {
            const pass = page.locator('#passphrase'), said = page.locator('#strength');
            for (const [text, wanted] of [['Liverpool2024!', weak], ['Aberystwyth2023', weak], ['lantern kite moss', fair],
                ['aber bachgen cadair', fair], ['lantern kite moss quay barn', strong], ['aber bachgen cadair dafad eira', strong]]) {
                await pass.fill(text);
                await eventually(() => said.textContent(), (now) => wanted.test(now));
            }
        }, {language});
    });
}

test('six words that are copied are gone after a minute, when it may look and when it may not', async (given) => {
    for (const permissions of [['clipboard-read', 'clipboard-write'], ['clipboard-write']]) {
        await fresh(given, async (page, context) => {
            await page.getByRole('button', {name: 'Offer six words'}).click();
            const text = await six(page);
            await page.getByRole('button', {name: 'Copy'}).click();
            await page.getByRole('status').filter({hasText: kCopied}).waitFor();
            assert.equal(await pasted(context), text);
            assert.deepEqual(await axeViolations(page), []);
            await page.clock.fastForward(30000);
            assert.equal(await pasted(context), text);
            await page.clock.fastForward(31000);
            await eventually(() => pasted(context), '');
        }, {permissions, clock: true});
    }
});

test('what was copied elsewhere since stays where it may look; where it may not the clipboard is emptied', async (given) => {
    for (const [permissions, wanted] of [[['clipboard-read', 'clipboard-write'], 'something else'], [['clipboard-write'], '']]) {
        await fresh(given, async (page, context) => {
            await page.getByRole('button', {name: 'Offer six words'}).click();
            await page.getByRole('button', {name: 'Copy'}).click();
            await page.getByRole('status').filter({hasText: kCopied}).waitFor();
            const other = await context.newPage();
            await other.setContent('<input value="something else">');
            await other.locator('input').selectText();
            await other.keyboard.press('Control+C');
            await other.close();
            assert.equal(await pasted(context), 'something else');
            await page.clock.fastForward(61000);
            await page.waitForTimeout(200);
            await eventually(() => pasted(context), wanted);
        }, {permissions, clock: true});
    }
});

test('the recovery key, copied by hand or by its button, is gone when its form is left; so is it when the page is', async (given) => {
    const show = (page) => page.evaluate(() => window.entente.screen.recovery('ABCD-EFGH-JKMN', ''));
    await fresh(given, async (page, context) => {
        await page.route('**/app.js', () => {});  // the program never comes: it would show a form of its own
        for (const copy of [() => page.getByRole('button', {name: 'Copy'}).click(), async () => {
            await page.locator('#shown-key').click();
            await page.keyboard.press('Control+C');
        }]) {
            for (const leave of [() => page.evaluate(() => window.entente.screen.hide()),
                () => page.evaluate(() => window.entente.screen.new()), () => page.goto('about:blank', {waitUntil: 'commit'}),
                () => page.reload({waitUntil: 'commit'})]) {
                await page.goto(given.address, {waitUntil: 'commit'});
                await page.waitForFunction(() => window.entente?.screen?.recovery);
                await show(page);
                await copy();
                await eventually(() => pasted(context), 'ABCD-EFGH-JKMN');
                await leave();
                await eventually(() => pasted(context), '');
            }
        }
    }, {permissions: ['clipboard-write']});
});

test('a part of a passphrase that is shown and copied or cut is taken off as well', async (given) => {
    await fresh(given, async (page, context) => {
        const pass = page.locator('#passphrase');
        await page.getByRole('button', {name: 'Show'}).first().click();
        await pass.fill('lantern kite');
        await pass.selectText();
        await page.keyboard.press('Control+X');
        assert.equal(await pass.inputValue(), '');
        assert.match(await page.locator('#strength').textContent(), /At least/);
        assert.equal(await pasted(context), 'lantern kite');
        // Nothing selected, and a hidden passphrase: the clipboard stays as it is, and so does what is to be taken off.
        await page.getByRole('button', {name: 'Hide'}).first().click();
        await pass.fill('another one');
        await pass.selectText();
        await page.keyboard.press('Control+C');
        await page.evaluate(() => document.activeElement.blur());
        await page.keyboard.press('Control+C');
        assert.equal(await pasted(context), 'lantern kite');
        await page.clock.fastForward(61000);
        await eventually(() => pasted(context), '');
    }, {permissions: ['clipboard-write'], clock: true});
});

test('where it cannot be taken off that is said, and tried again when the page is in front', async (given) => {
    await fresh(given, async (page, context) => {
        await page.getByRole('button', {name: 'Offer six words'}).click();
        const text = await six(page);
        await page.getByRole('button', {name: 'Copy'}).click();
        await page.getByRole('status').filter({hasText: kCopied}).waitFor();
        await page.evaluate(() => {
            window.real = navigator.clipboard.writeText.bind(navigator.clipboard);
            navigator.clipboard.writeText = () => Promise.reject(new DOMException('not in front', 'NotAllowedError'));
        });
        await page.clock.fastForward(61000);
        await page.getByRole('alert').filter({hasText: 'could not be taken off the clipboard yet'}).waitFor();
        assert.deepEqual(await axeViolations(page), []);
        assert.equal(await pasted(context), text);
        await page.evaluate(() => { navigator.clipboard.writeText = window.real; });
        await page.keyboard.press('Tab');
        await page.locator('#uncleared').waitFor({state: 'detached'});
        assert.equal(await pasted(context), '');
        // And where a page may not write at all.
        await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
        await page.getByRole('button', {name: 'Copy'}).click();
        await page.getByText('It could not be copied.').waitFor();
    }, {permissions: ['clipboard-write'], clock: true});
});

await run({
    before: async () => {
        const server = await serve({root: site});
        return {server, address: server.address};
    },
    after: async ({server}) => server.close(),
});
