// A person at the program, counted by the keystroke-level model: S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for
// user performance time with interactive systems", Communications of the ACM 23 (7), 1980, and "The Psychology of Human-Computer
// Interaction", 1983, chapter 8. The model has no reading; for it: M. Brysbaert, "How many words do we read per minute?", Journal of
// Memory and Language 109, 2019: 238 words a minute for plain English prose.
// Every press and every text has its mental operator, none is taken away as practised; only the key that goes on to the next field has
// none (the model's rule 1: what the step before it has made ready). What a person uses must be on the screen: nothing
// here scrolls. How long the program itself took is measured beside it, from each press to the picture that answers it (the browser's
// Event Timing); no assertion may rest on that.
import {mirror} from './program.mjs';
import {settle} from './browser.mjs';
import {assert} from './suite.mjs';

const kKey = 0.28;        // K: one key or button, average typist who is no secretary (40 words a minute)
const kPoint = 1.1;       // P: pointing at something with the mouse
const kHome = 0.4;        // H: the hand from mouse to keyboard, or back
const kMental = 1.35;     // M: getting ready for a step
const kWord = 60 / 238;

export class Person {
    #page;
    #onKeyboard = false;
    steps = [];

    constructor(page) { this.#page = page; }

    async begin() {
        await this.#page.evaluate(() => {
            window.personWaits = new Map();
            new PerformanceObserver((list) => {
                for (const one of list.getEntries()) {
                    if (!one.interactionId) continue;
                    window.personWaits.set(one.interactionId, Math.max(one.duration, window.personWaits.get(one.interactionId) ?? 0));
                }
            }).observe({type: 'event', durationThreshold: 16});
        });
    }

    // Seconds between a press and the picture after it, over all presses.
    waited() {
        return this.#page.evaluate(() => [...window.personWaits.values()].reduce((sum, one) => sum + one, 0) / 1000);
    }

    get seconds() { return this.steps.reduce((sum, one) => sum + one.seconds, 0); }

    #count(what, seconds) { this.steps.push({what, seconds}); }

    #hand(keyboard) {
        const moved = this.#onKeyboard !== keyboard;
        this.#onKeyboard = keyboard;
        return moved ? kHome : 0;
    }

    // What is used has to be in view, and the pointer has to reach it.
    async #inView(item, what) {
        const box = await item.boundingBox(), size = this.#page.viewportSize();
        assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height,
            `${what} is out of view: ${JSON.stringify(box)}`);
    }

    async click(role, name) {
        const item = mirror(this.#page).getByRole(role, {name, exact: typeof name === 'string'}).first();
        await item.waitFor();
        await this.#inView(item, String(name));
        this.#count(`click ${name}`, kMental + this.#hand(false) + kPoint + kKey);
        await item.click();
        await settle(this.#page, 40);
    }

    // Into the field that has the keyboard already.
    async type(name, text) {
        const item = mirror(this.#page).getByRole('textbox', {name, exact: true}).first();
        await this.#inView(item, name);
        assert.ok(await item.evaluate((one) => one === document.activeElement), `${name} has the keyboard`);
        const shifted = text.replace(/[^A-Z?!:"]/g, '').length;
        this.#count(`type ${text}`, kMental + this.#hand(true) + (text.length + shifted) * kKey);
        await this.#page.keyboard.type(text);
        await settle(this.#page, 40);
    }

    // On to the next field of a form.
    async tab() {
        this.#count('key Tab', this.#hand(true) + kKey);
        await this.#page.keyboard.press('Tab');
        await settle(this.#page, 40);
    }

    // All words of an item, once. Gives them back.
    async read(item, what) {
        await item.waitFor();
        const text = await item.evaluate((one) => one.value ?? one.innerText);
        const words = text.split(/\s+/).filter(Boolean).length;
        assert.ok(words > 0, `${what} says something`);
        this.#count(`read ${what}, ${words} words`, words * kWord);
        return text;
    }
}
