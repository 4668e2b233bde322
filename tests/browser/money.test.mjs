// Money in real Chromium, by role and name: rates agreed, a budget from the plan, costs, a change that was agreed, a proposal out to a
// document and accepted. Every sum is added up again here, in pence.
import {readFileSync} from 'node:fs';

import {assert, figure, test} from './lib/suite.mjs';
import {settle} from './lib/browser.mjs';
import {
    accessible, button, choose, field, look, mirror, money, pence, press, room, row, runOnSample, says, table, write,
} from './lib/program.mjs';

const kClient = "the client's producer";
const budget = (page) => table(page, 'Budget and forecast');
const kFigures = ['Budget', 'Spent', 'Ordered', 'Still to do', 'Forecast', 'Left over'];
const download = async (page, name) => {
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
    return readFileSync(await file.path(), 'utf8');
};

// The rows above the total are its parts; "Left over" is the budget without the forecast.
async function addsUp(page) {
    const rows = await budget(page), total = row(rows, 'Total'), parts = rows.slice(1, -1).map((cells) => row([rows[0], cells], cells[0]));
    for (const figure_name of kFigures) {
        const sum = parts.reduce((all, one) => all + pence(one[figure_name]), 0);
        assert.equal(sum, pence(total[figure_name]), figure_name);
    }
    assert.equal(pence(total.Forecast), pence(total.Spent) + pence(total.Ordered) + pence(total['Still to do']));
    assert.equal(pence(total['Left over']), pence(total.Budget) - pence(total.Forecast));
    return Object.fromEntries(kFigures.map((name) => [name, pence(total[name])]));
}

test('rates for this project, agreed: they stand from then on', async ({page}) => {
    await room(page, 'Money');
    await look(page, 'Rates');
    await press(page, 'Rates for this project');
    await write(page, 'Colourist: an hour is sold for', '160');
    await says(page, 'Colourist (this project\'s own): costs us £50.00, sold for £160.00');
    await write(page, 'Who agreed, for the client', kClient);
    await press(page, 'These rates are agreed');
    await says(page, new RegExp(`^Agreed with ${kClient} on `));
    assert.equal(await field(page, 'Colourist: an hour is sold for').count(), 0, 'agreed rates are not edited');
    await accessible(page, 'rates');
});

test('the budget is taken from the plan; by stage and by role it comes to the same', async ({page, state}) => {
    await look(page, 'Budget');
    await press(page, 'Take the budget from the plan');
    const named = await money(page, 'Forecast at completion');
    await look(page, 'By role');
    state.total = await addsUp(page);
    assert.equal(state.total.Forecast, named);
    await look(page, 'By stage');
    const rows = await budget(page), total = row(rows, 'Total');
    for (const name of kFigures) assert.equal(pence(total[name]), state.total[name], name);
    await accessible(page, 'budget');
});

test('hours and an invoice are spent: the forecast follows, to the penny', async ({page, state}) => {
    await look(page, 'Costs');
    await choose(page, 'Role', 'Editor');
    await write(page, 'Hours worked', '7.5');
    await press(page, 'Write it down');
    assert.equal(await money(page, 'Cost to date'), 315_00, '7.5 hours at £42');
    await look(page, 'Invoice');
    await write(page, 'Amount, ex VAT', '249.99');
    await write(page, 'What for', 'Drives');
    await press(page, 'Write it down');
    assert.equal(await money(page, 'Cost to date'), 315_00 + 249_99);
    const spent = await table(page, 'What was spent');
    assert.equal(spent.slice(1).reduce((sum, cells) => sum + pence(row([spent[0], cells], cells[0]).Amount), 0), 564_99);
    await accessible(page, 'costs');
    await look(page, 'Budget');
    await look(page, 'By role');
    const total = await addsUp(page);
    assert.equal(total.Spent, 564_99);
    assert.equal(total.Budget, state.total.Budget, 'the budget stays as it was taken');
    assert.equal(await money(page, 'Forecast at completion'), total.Forecast);
});

test('an agreed change is in the contract, to the penny; taken back by undo it is not', async ({page, state}) => {
    const before = await money(page, 'Contract value, ex VAT');
    await room(page, 'Changes');
    const charge = pence(row(await table(page, 'Changes'), 'CR-002')['Ex VAT']);
    assert.ok(charge > 0);
    await mirror(page).getByRole('row', {name: /^CR-002/}).click();
    await settle(page);
    await press(page, /^Agree/);
    await field(page, 'Who agreed, for the client').fill(kClient);
    await mirror(page).getByRole('dialog').getByRole('button', {name: 'Agree', exact: true}).click();
    await says(page, new RegExp(`^Agreed by ${kClient}`));
    await room(page, 'Money');
    assert.equal(await money(page, 'Contract value, ex VAT'), before + charge);
    const words = await mirror(page).getByText(/^Contract value, ex VAT: /).first().textContent();
    const [, fee, changes] = /, fee (£[\d,.]+) \+ (£[\d,.]+) agreed/.exec(words) ?? assert.fail(`no fee and changes in ${words}`);
    assert.equal(pence(fee) + pence(changes), before + charge, 'fee and agreed changes are its parts');
    await page.keyboard.press('Control+z');
    await settle(page);
    assert.equal(await money(page, 'Contract value, ex VAT'), before);
    await page.keyboard.press('Control+Shift+Z');
    await settle(page);
    state.contract = await money(page, 'Contract value, ex VAT');
    assert.equal(state.contract, before + charge);
    state.changes = pence(changes);
});

test('a proposal is built from the plan and goes out as a document with the same sums', async ({page, state}) => {
    await look(page, 'Proposals');
    await press(page, 'Write the first proposal');
    await press(page, 'Take the lines from the plan');
    await write(page, 'People: Editor', '2');
    await write(page, 'For the unforeseen', '5');
    await field(page, 'Summary').fill('Everything from the <first> cut to delivery.');
    await field(page, 'Summary').blur();
    await settle(page);
    const lines = await money(page, 'Lines'), net = await money(page, 'Without VAT'), vat = await money(page, 'VAT');
    assert.equal(net, lines + Math.round(lines / 20), 'five in a hundred for the unforeseen');
    assert.equal(vat, Math.round(net / 5));
    assert.equal(await money(page, 'Total'), net + vat);
    await accessible(page, 'a proposal');
    const html = await download(page, 'Save as a page');
    assert.match(html, /^<!doctype html>/);
    assert.doesNotMatch(html, /<script|https?:/);
    assert.match(html, /the &lt;first&gt; cut/);
    // What is put aside lies inside the lines' amounts: no line of its own, and no rate that would not add up.
    assert.doesNotMatch(html, /unforeseen|Rate for an hour/);
    const amounts = [...html.matchAll(/<tr><th scope="row">([^<]*)<\/th>(?:<td class="n">[^<]*<\/td>){2}<td class="n">(£[\d,.]+)<\/td>/g)]
        .map(([, name, amount]) => [name, pence(amount)]);
    const at = amounts.findIndex(([name]) => name === 'Without VAT');
    assert.ok(at > 10, JSON.stringify(amounts));
    assert.equal(amounts.slice(0, at).reduce((sum, [, amount]) => sum + amount, 0), net, 'the lines of the page add up to its net price');
    assert.equal(amounts[at][1], net);
    assert.ok(html.includes('<tr class="total">'));
    assert.equal(pence(/<tr class="total">.*?(£[\d,.]+)<\/td><\/tr>/.exec(html)[1]), net + vat);
    const markdown = await download(page, 'Save as Markdown');
    assert.equal(pence(/^\| Total \|.*?(£[\d,.]+)/m.exec(markdown)[1]), net + vat);
    state.net = net;
    figure('money: lines of the proposal that add up', at);
});

test('sent, it stays as it is; accepted, its price is the fee', async ({page, state}) => {
    await press(page, /^Record that it was sent/);
    await write(page, 'Sent by', 'the producer');
    await press(page, 'It was sent');
    assert.equal(await field(page, 'People: Editor').count(), 0, 'what was sent is not edited');
    await press(page, /^Accepted/);
    await write(page, 'Answered by', kClient);
    await press(page, 'Accept and set the fee');
    assert.equal(await money(page, 'Contract value, ex VAT'), state.net + state.changes);
    await accessible(page, 'an accepted proposal');
});

test('nothing went wrong', ({watched}) => assert.deepEqual(watched.problems, []));

await runOnSample({viewport: {width: 1366, height: 2400}});
