// The document inside a status link: packed columns and texts, as src/share/FORMAT.md has them. It reads and does not write; so where
// there are several ways to write a thing it looks whether this is the one.
import { Bytes, refuse } from './envelope.mjs';
import { varint } from './link.mjs';

const wrong = () => refuse('damaged', 'document');
const kLastDay = 84006, kMostItems = 4096, kMostTextBytes = 20_000, kMostMoney = 10 ** 15, kMostNumber = 2 ** 31 - 1;
const lengthOf = (value) => value.toString(2).length;
// Bits that EGk takes.
const golombBits = (value, order) => 2 * lengthOf((value >> BigInt(order)) + 1n) - 1 + order;
const columnBits = (values, order) => values.reduce((sum, value) => sum + golombBits(value, order), 0);
const unzigzag = (value) => (value & 1n ? -((value + 1n) >> 1n) : value >> 1n);

class Bits {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }
    take(count) {
        if (count > this.bytes.length * 8 - this.at) wrong();
        let value = 0n;
        for (let i = 0; i < count; i++, this.at++) value = (value << 1n) | BigInt((this.bytes[this.at >> 3] >> (7 - (this.at & 7))) & 1);
        return value;
    }
    small(count) { return Number(this.take(count)); }
    golomb(order) {
        let zeros = 0;
        while (this.take(1) === 0n) if (++zeros > 63) wrong();
        const high = ((1n << BigInt(zeros)) | this.take(zeros)) - 1n, value = (high << BigInt(order)) | this.take(order);
        return value < 1n << 64n ? value : wrong();
    }
    // G
    column(size) {
        if (size === 0) return [];
        const order = this.small(4), values = Array.from({ length: size }, () => this.golomb(order));
        // The shortest, and the first of equals.
        for (let other = 0; other < 16; other++) {
            const more = columnBits(values, other) - columnBits(values, order);
            if (more < 0 || (more === 0 && other < order)) wrong();
        }
        return values;
    }
    // F
    flags(size) {
        if (size === 0) return [];
        const form = this.small(2);
        if (form < 2) return Array(size).fill(form === 1);
        const rare = form === 2 ? false : this.take(1) === 1n, out = Array(size).fill(!rare);
        if (form === 2) for (let i = 0; i < size; i++) out[i] = this.take(1) === 1n;
        let at = -1;
        for (let left = form === 2 ? 0n : this.golomb(2); left > 0n; left--) {
            at += 1 + Number(this.golomb(2));
            if (at >= size) wrong();
            out[at] = rare;
        }
        if (form !== formOf(out) || (form === 3 && rare !== rareOf(out))) wrong();
        return out;
    }
    // Filled up with zeros to the byte, nothing after it.
    end() {
        const left = this.bytes.length * 8 - this.at;
        if (left >= 8 || this.take(left) !== 0n) wrong();
    }
}

// The value that is listed where the places are: the rarer one, true where there are as many of both.
const rareOf = (flags) => flags.filter(Boolean).length * 2 <= flags.length;
// How a list of flags is to be written.
function formOf(flags) {
    if (!flags.includes(true)) return 0;
    if (!flags.includes(false)) return 1;
    const rare = rareOf(flags), places = [];
    let run = 0n;
    for (const flag of flags) {
        if (flag === rare) places.push(run);
        run = flag === rare ? 0n : run + 1n;
    }
    return 1 + golombBits(BigInt(places.length), 2) + columnBits(places, 2) < flags.length ? 3 : 2;
}

class Texts {
    constructor(bytes, letters) {
        let whole;
        try {
            whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
            wrong();
        }
        if (whole !== '' && !whole.endsWith('\n')) wrong();
        this.lines = whole.split('\n').slice(0, -1);
        const bits = new Bits(letters);
        this.capitals = bits.flags(this.lines.filter((line) => /^[a-z]/.test(line)).length);
        bits.end();
    }
    next() {
        if (this.lines.length === 0) wrong();
        let line = this.lines.shift();
        if (/^[a-z]/.test(line) && this.capitals.shift()) {
            if (/^.[A-Z]/.test(line)) wrong();
            line = line[0].toUpperCase() + line.slice(1);
        }
        // A capital at the front that stands alone is written small.
        else if (/^[A-Z](?![A-Z])/.test(line)) wrong();
        const text = line.replaceAll('\u0001', '\n');
        if (/[\0-\x09\x0b-\x1f\x7f]/.test(text) || new TextEncoder().encode(text).length > kMostTextBytes) wrong();
        return text;
    }
}

// One section's columns, filled into rows.
class Section {
    constructor(payload, base, names, texts) {
        Object.assign(this, { bits: new Bits(payload), base, names, texts });
        const count = this.bits.golomb(3);
        if (count === 0n || count > BigInt(kMostItems)) wrong();
        this.rows = Array.from({ length: Number(count) }, () => ({}));
    }
    set(name, values) { this.rows.forEach((row, i) => { row[name] = values[i]; }); }
    column() { return this.bits.column(this.rows.length); }
    day(value) { return Number.isSafeInteger(value) && value >= 0 && value <= kLastDay ? value : wrong(); }
    T(name) { this.set(name, this.rows.map(() => this.texts.next())); }
    t(name) { this.set(name, this.bits.flags(this.rows.length).map((there) => (there ? this.texts.next() || wrong() : ''))); }
    bit(name, count, most) {
        this.set(name, this.rows.map(() => this.bits.small(count)));
        if (this.rows.some((row) => row[name] > most)) wrong();
    }
    F(name) { this.set(name, this.bits.flags(this.rows.length)); }
    G(name) { this.set(name, this.column()); }
    D(name) {
        let day = this.base;
        this.set(name, this.column().map((value) => (day = this.day(day + Number(unzigzag(value))))));
    }
    after(name, from) { const column = this.column(); this.set(name, this.rows.map((row, i) => this.day(row[from] + Number(column[i])))); }
    O(name, value = (row, difference) => difference) {
        const there = this.bits.flags(this.rows.length), column = this.bits.column(there.filter(Boolean).length);
        this.set(name, this.rows.map((row, i) => (there[i] ? value(row, Number(unzigzag(column.shift()))) : null)));
    }
    days(name) {
        let day = this.base;
        this.O(name, (row, difference) => (day = this.day(day + difference)));
    }
    near(name, from) { this.O(name, (row, difference) => this.day(row[from] + difference)); }
    // `used` are the names in the order of first use, which is the order of the list.
    N(name, { list, used }) {
        const width = Math.ceil(Math.log2(list.length + 1));
        this.set(name, this.rows.map(() => ['', ...list][this.bits.small(width)] ?? wrong()));
        for (const row of this.rows) if (row[name] !== '' && !used.includes(row[name])) used.push(row[name]);
    }
    M(name) {
        const divisors = [10000, 1000, 100, 1], at = this.bits.small(2);
        this.O(name, (row, quotient) => quotient * divisors[at]);
        const largest = divisors.findIndex((divisor) => this.rows.every((row) => row[name] === null || row[name] % divisor === 0));
        if (at !== largest) wrong();
    }
    P(name) {
        this.set(name, this.rows.map(() => {
            const form = this.bits.small(2), percent = form < 2 ? form * 100 : form === 2 ? this.bits.small(5) * 5 : this.bits.small(7);
            if (percent > 100 || form !== (percent % 100 === 0 ? percent / 100 : percent % 5 === 0 ? 2 : 3)) wrong();
            return percent;
        }));
    }
    counting(name) {
        let expected = 1n;
        this.set(name, this.column().map((value) => {
            const number = expected + unzigzag(value);
            expected = number + 1n;
            return number;
        }));
    }
}

const kSections = {
    2: ['milestones', (s) => {
        s.T('name'); s.D('forecast'); s.near('promised', 'forecast'); s.near('was', 'forecast'); s.bit('health', 2, 3);
    }],
    3: ['tasks', (s) => { s.T('name'); s.N('stage', s.names.stages); s.D('start'); s.after('finish', 'start'); s.P('done'); }],
    4: ['needs', (s) => {
        s.bit('kind', 1, 1); s.T('question'); s.N('owner', s.names.people); s.days('by'); s.G('daysLost'); s.O('moves'); s.t('consequence');
        s.days('answered'); s.t('answer');
    }],
    5: ['changes', (s) => {
        s.counting('number'); s.T('request'); s.t('effect'); s.bit('state', 2, 2); s.D('on'); s.N('by', s.names.people);
        s.near('decideBy', 'on'); s.O('daysMoved'); s.M('price');
    }],
    6: ['actions', (s) => { s.T('text'); s.N('owner', s.names.people); s.F('ours'); s.days('due'); s.F('done'); }],
    7: ['risks', (s) => { s.T('text'); s.t('response'); s.bit('level', 2, 2); }],
    8: ['rounds', (s) => { s.T('name'); s.G('used'); s.G('agreed'); }],
    9: ['agreements', (s) => { s.T('text'); s.N('by', s.names.people); s.D('on'); }],
};

// What a status may say: "What is in order" in src/share/FORMAT.md.
function inOrder({ contractValue, milestones = [], needs = [], changes = [], rounds = [] }) {
    const within = (value, most) => value == null || (Number(value) <= most && Number(value) >= -most);
    const counts = (value) => value >= 0 && Number(value) <= kMostNumber;
    return within(contractValue, kMostMoney)
        && needs.every(({ daysLost, moves, answered, answer }) => daysLost <= kLastDay && (answered !== null || answer === '')
            && (moves === null || (moves >= 0 && moves < milestones.length)))
        && changes.every(({ number, state, decideBy, daysMoved, price }) => counts(number) && (decideBy === null || state === 0)
            && within(daysMoved, kLastDay) && within(price, kMostMoney))
        && rounds.every(({ used, agreed }) => counts(used) && counts(agreed));
}

function sectionsOf(bytes) {
    const from = new Bytes(bytes, 'document'), sections = new Map();
    let last = 0;
    while (from.left > 0) {
        const tag = from.u8(), payload = from.take(varint(from, 'document'));
        if (tag <= last) wrong();
        if (tag > 9) refuse('unsupported', 'section');
        sections.set(tag, payload);
        last = tag;
    }
    return sections;
}

// `columns` and `texts` are bytes, `base` the day of issue.
export function readDocument(columns, texts, base) {
    const whole = new Bytes(columns, 'document');
    const sections = sectionsOf(whole.take(varint(whole, 'document')));
    const lines = new Texts(texts, whole.take(whole.left));
    if (!sections.has(1)) wrong();
    const house = new Bits(sections.get(1)), status = { sample: house.take(1) === 1n };
    const currency = house.small(2);
    if (currency > 2) wrong();
    status.currency = ['', 'GBP'][currency] ?? String.fromCharCode(...[0, 0, 0].map(() => 65 + house.small(5)));
    if (currency === 2 && (status.currency === 'GBP' || !/^[A-Z]{3}$/.test(status.currency))) wrong();
    if (house.take(1) === 1n) status.contractValue = unzigzag(house.golomb(15));
    const people = Number(house.golomb(3)), stages = Number(house.golomb(3));
    house.end();
    if (people > 256 || stages > 256) wrong();
    const list = (count) => Array.from({ length: count }, () => lines.next());
    const names = { people: { list: list(people), used: [] }, stages: { list: list(stages), used: [] } };
    for (const name of ['house', 'project', 'client']) status[name] = lines.next();
    for (const [tag, payload] of sections) {
        if (tag === 1) continue;
        const section = new Section(payload, base, names, lines);
        kSections[tag][1](section);
        section.bits.end();
        status[kSections[tag][0]] = section.rows;
    }
    if (lines.lines.length > 0 || !inOrder(status)) wrong();
    if (Object.values(names).some((one) => JSON.stringify(one.list) !== JSON.stringify(one.used))) wrong();
    return status;
}
