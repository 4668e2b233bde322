// The document inside a status link: packed columns and texts, as src/share/FORMAT.md has them. It reads and does not write, so it
// does not see that a column could have been written shorter; everything else that is not in order it refuses.
import { Bytes, refuse } from './envelope.mjs';
import { varint } from './link.mjs';

const wrong = () => refuse('damaged', 'document');
const kLastDay = 84006, kMostItems = 4096;
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
        const high = ((1n << BigInt(zeros)) | this.take(zeros)) - 1n;
        return (high << BigInt(order)) | this.take(order);
    }
    // G
    column(size) {
        if (size === 0) return [];
        const order = this.small(4);
        return Array.from({ length: size }, () => this.golomb(order));
    }
    // F
    flags(size) {
        if (size === 0) return [];
        const form = this.small(2);
        if (form < 2) return Array(size).fill(form === 1);
        if (form === 2) return Array.from({ length: size }, () => this.take(1) === 1n);
        const rare = this.take(1) === 1n, out = Array(size).fill(!rare);
        let at = -1;
        for (let left = this.golomb(2); left > 0n; left--) {
            at += 1 + Number(this.golomb(2));
            if (at >= size) wrong();
            out[at] = rare;
        }
        return out;
    }
    // Filled up with zeros to the byte, nothing after it.
    end() {
        const left = this.bytes.length * 8 - this.at;
        if (left >= 8 || this.take(left) !== 0n) wrong();
    }
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
        if (/^[a-z]/.test(line) && this.capitals.shift()) line = line[0].toUpperCase() + line.slice(1);
        // A capital at the front that stands alone is written small.
        else if (/^[A-Z](?![A-Z])/.test(line)) wrong();
        return line.replaceAll('\u0001', '\n');
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
    N(name, list) {
        const width = Math.ceil(Math.log2(list.length + 1));
        this.set(name, this.rows.map(() => ['', ...list][this.bits.small(width)] ?? wrong()));
    }
    M(name) {
        const divisor = [10000, 1000, 100, 1][this.bits.small(2)];
        this.O(name, (row, quotient) => quotient * divisor);
    }
    P(name) {
        this.set(name, this.rows.map(() => {
            const form = this.bits.small(2);
            return form < 2 ? form * 100 : form === 2 ? this.bits.small(5) * 5 : this.bits.small(7);
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
    if (house.take(1) === 1n) status.contractValue = unzigzag(house.golomb(15));
    const people = Number(house.golomb(3)), stages = Number(house.golomb(3));
    house.end();
    if (people > 256 || stages > 256) wrong();
    const list = (count) => Array.from({ length: count }, () => lines.next());
    const names = { people: list(people), stages: list(stages) };
    for (const name of ['house', 'project', 'client']) status[name] = lines.next();
    for (const [tag, payload] of sections) {
        if (tag === 1) continue;
        const section = new Section(payload, base, names, lines);
        kSections[tag][1](section);
        section.bits.end();
        status[kSections[tag][0]] = section.rows;
    }
    if (lines.lines.length > 0 || status.house === '' || status.project === '') wrong();
    return status;
}
