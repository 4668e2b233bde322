// "What if?" in real Chromium, by role and name: something is tried beside the live plan, compared with it, renamed, dropped, made a
// change; the live plan stays as it was until the change is agreed.
import {assert, figure, test} from './lib/suite.mjs';
import {settle} from './lib/browser.mjs';
import {
    accessible, choose, disabled, field, look, mirror, pence, press, room, row, runOnSample, says, tab, table, write,
} from './lib/program.mjs';

const compared = (page) => table(page, 'Scenarios side by side');
const plan = async (page) => (await mirror(page).getByRole('region', {name: 'Promises'}).getByRole('link').allInnerTexts()).join();

// Reopens a milestone for some days, in the form that stands open.
async function reopen(page, milestone, days) {
    await choose(page, 'What is reopened', milestone);
    await write(page, 'For how long', String(days));
    await press(page, 'Try it');
}

test('nothing is tried yet: it says what a scenario is for, and offers the first', async ({page, state}) => {
    await room(page, 'Plan');
    state.promises = await plan(page);
    await look(page, 'What if');
    await says(page, 'No scenario yet');
    await accessible(page, 'no scenario');
    await press(page, 'Try something');
    const rows = await compared(page);
    assert.deepEqual(rows[0], ['What is compared', 'Live plan', 'Scenario 1']);
    for (const [, live, tried] of rows.slice(1)) assert.equal(tried, live, 'nothing is tried, nothing differs');
    assert.ok(await disabled(page, 'Make it a change'));
});

test('what is tried stands beside the live plan: dates, price, float, risk', async ({page, state}) => {
    await reopen(page, 'Picture lock', 5);
    await write(page, 'Name', 'A week of recutting');
    const rows = await compared(page);
    assert.equal(rows[0][2], 'A week of recutting');
    for (const promise of ['Picture lock', 'Mix approved', 'Delivery', 'Finish of the project']) {
        const {'Live plan': live, 'A week of recutting': tried} = row(rows, promise);
        assert.match(tried, /\(\+5 days\)$/, promise);
        assert.doesNotMatch(live, /\(/, promise);
    }
    assert.equal(row(rows, 'First cut to client')['A week of recutting'], row(rows, 'First cut to client')['Live plan']);
    assert.equal(pence(row(rows, 'Price, ex VAT')['A week of recutting']), 3000_00, 'the editor: 40 hours at £75');
    const float = row(rows, 'Float');
    assert.match(float['Live plan'], /\d+ critical/);
    assert.match(float['A week of recutting'], /\d+ critical/);
    assert.notEqual(float['A week of recutting'], float['Live plan']);
    const risk = row(rows, 'Confidence: Delivery');
    assert.match(risk['Live plan'], /^8 in 10 by \w+ \d+ \w+$/);
    assert.match(risk['A week of recutting'], /^8 in 10 by \w+ \d+ \w+ \(\+\d+ days\)$/);
    state.rows = rows;
    figure('scenario beside the live plan: rows compared', rows.length - 1);
    await accessible(page, 'a scenario compared');
});

test('a second one beside it; its length is tried longer; one is dropped, and undo brings it back', async ({page, state}) => {
    await press(page, 'New scenario');
    await reopen(page, 'Picture lock', 10);
    let rows = await compared(page);
    assert.deepEqual(rows[0].slice(1), ['Live plan', 'A week of recutting', 'Scenario 2']);
    assert.match(row(rows, 'Delivery')['Scenario 2'], /\(\+10 days\)$/);
    assert.equal(pence(row(rows, 'Price, ex VAT')['Scenario 2']), 6000_00);
    await press(page, 'Drop it');
    assert.deepEqual(await compared(page), state.rows);
    await page.keyboard.press('Control+z');
    await settle(page);
    assert.equal((await compared(page))[0].length, 4, 'kept after all');
    await page.keyboard.press('Control+Shift+Z');
    await settle(page);
    assert.deepEqual(await compared(page), state.rows);
});

test('by keyboard alone: another scenario, a task made longer', async ({page}) => {
    const rests = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent);
    const go = async (key, wanted) => {
        for (let steps = 0; steps < 40; ++steps) {
            if (wanted.test(await rests() ?? '')) return;
            await page.keyboard.press(key);
            await settle(page, 30);
        }
        assert.fail(`the keyboard never came to ${wanted}`);
    };
    const enter = async () => { await page.keyboard.press('Enter'); await settle(page, 60); };
    await tab(page, 'What if').focus();
    await go('Tab', /^New scenario$/);
    await enter();
    await go('Tab', /^Reopen a stage$/);
    await go('ArrowRight', /^Make longer$/);
    await enter();
    await go('Tab', /^Which task/);
    await enter();
    await go('ArrowDown', /^Grade /);
    await enter();
    await go('Tab', /^For how long$/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('3');
    await enter();
    await go('Tab', /^Try it$/);
    await enter();
    const rows = await compared(page);
    assert.ok(await mirror(page).getByRole('listitem', {name: 'Grade takes 3 days longer'}).isVisible());
    assert.match(row(rows, 'Price, ex VAT')['Scenario 2'], /^£3,600$/, 'the colourist: 24 hours at £150');
    await go('Tab', /^Drop it$/);
    await enter();
    assert.equal((await compared(page))[0].length, 3);
});

test('a scenario becomes a change, and stays itself; the live plan has not moved', async ({page, state}) => {
    await press(page, 'Make it a change');
    await mirror(page).getByRole('heading', {name: /A week of recutting/}).waitFor();
    await mirror(page).getByRole('listitem', {name: 'Picture lock is reopened for 5 days'}).waitFor();
    await says(page, /^Price, ex VAT: £3,000/);
    await accessible(page, 'the change that a scenario became');
    await room(page, 'Plan');
    assert.equal(await plan(page), state.promises);
    await look(page, 'What if');
    assert.deepEqual(await compared(page), state.rows);
    assert.equal(await field(page, 'Name').inputValue(), 'A week of recutting');
});

test('nothing went wrong', ({watched}) => assert.deepEqual(watched.problems, []));

await runOnSample();
