// Rounds of notes in real Chromium, by role and name: counted against what the price includes, the next one priced before it
// happens, agreed like any other change, and only then used.
import {assert, test} from './lib/suite.mjs';
import {settle} from './lib/browser.mjs';
import {
    accessible, choose, disabled, field, look, mirror, money, pence, press, room, row, runOnSample, says, table, write,
} from './lib/program.mjs';

const kPrice = 1200_00;  // two days of the editor: 16 hours at £75
const rounds = async (page) => row(await table(page, 'Rounds of notes'), 'Picture cut');
const named = (page, words) => mirror(page).getByRole('button', {name: words, exact: true}).count();

test('two rounds are included: counted as they are used', async ({page}) => {
    await room(page, 'Changes');
    await press(page, /^Count rounds of notes/);
    assert.ok(await disabled(page, 'Count them'), 'without a name');
    await write(page, 'What is reviewed', 'Picture cut');
    await choose(page, 'Before which task', 'Picture lock');
    await write(page, 'Rounds included', '2');
    await write(page, 'One more takes', '2');
    await press(page, 'Count them');
    let counted = await rounds(page);
    assert.equal(counted.Used, '0 of 2');
    assert.equal(counted.State, '2 left');
    assert.equal(pence(counted['One more, ex VAT']), kPrice, 'priced before anybody asks');
    await press(page, 'Record a round of Picture cut');
    counted = await rounds(page);
    assert.equal(counted.Used, '1 of 2');
    assert.equal(counted.State, '1 left');
    assert.equal(await named(page, 'Remove the rounds of Picture cut'), 0, 'what was used is not removed');
    await page.keyboard.press('Control+z');
    await settle(page);
    assert.equal((await rounds(page)).Used, '0 of 2');
    await page.keyboard.press('Control+Shift+Z');
    await settle(page);
    await press(page, 'Record a round of Picture cut');
    counted = await rounds(page);
    assert.equal(counted.Used, '2 of 2');
    assert.equal(counted.State, 'the next one is extra');
    assert.equal(await named(page, 'Record a round of Picture cut'), 0, 'the third is not given away by accident');
    await accessible(page, 'rounds of notes');
});

test('the third is priced as a change with the roles that lead to the lock', async ({page, state}) => {
    await press(page, 'Price the next round of Picture cut');
    await mirror(page).getByRole('heading', {name: /Round 3 of notes on Picture cut/}).waitFor();
    await says(page, /^Price, ex VAT: £1,200/);
    const lines = await table(page, 'What it costs, line by line');
    assert.deepEqual(lines[1].slice(1), ['Editor', '2 days', '£1,200']);
    const promises = await table(page, 'What it does to each promise');
    assert.equal(row(promises, 'Picture lock').Moves, '+2 days');
    state.contract = await money(page, 'Agreed fee') + await money(page, '1 agreed change');
    assert.equal(await money(page, 'Would be'), state.contract + kPrice);
    await accessible(page, 'the round as a change');
    await room(page, 'Changes');
    const waiting = await rounds(page);
    assert.equal(waiting.State, 'the next one waits for a decision');
    assert.equal(await named(page, 'Record a round of Picture cut') + await named(page, 'Price the next round of Picture cut'), 0);
});

test('agreed: the contract has its price, and the round may be used', async ({page, state}) => {
    await mirror(page).getByRole('row', {name: /Round 3 of notes on Picture cut/}).click();
    await settle(page);
    await press(page, /^Agree/);
    await field(page, 'Who agreed, for the client').fill("the client's producer");
    await mirror(page).getByRole('dialog').getByRole('button', {name: 'Agree', exact: true}).click();
    await says(page, /^Agreed by the client's producer/);
    await room(page, 'Changes');
    assert.equal((await rounds(page)).State, 'the next one is agreed');
    await press(page, 'Record a round of Picture cut');
    const used = await rounds(page);
    assert.equal(used.Used, '3 of 2');
    assert.equal(used.State, 'the next one is extra');
    await room(page, 'Money');
    await look(page, 'Budget');
    assert.equal(await money(page, 'Contract value, ex VAT'), state.contract + kPrice);
});

test('nothing went wrong', ({watched}) => assert.deepEqual(watched.problems, []));

await runOnSample();
