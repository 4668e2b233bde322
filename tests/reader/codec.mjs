// Entries and snapshots, read with the table of src/codec/FORMAT.md (tests/data/vectors/codec.json) and with nothing of Entente's.
//
// Values are as they stand: structs are objects, lists arrays, 64-bit numbers BigInt, the others Number, an enumeration its
// number, a variant { tag, type, value }, what is missing null. plain() says them as the plain export does (src/codec/EXPORT.md).
import { Bytes, refuse } from './envelope.mjs';

const kNumbers = { u8: 1, u16: 2, u32: 4, u64: 8, i8: 1, i16: 2, i32: 4, i64: 8, day: 4, minute: 8 };
const kSigned = /^(i|day|minute)/;
const isId = (type) => /^[A-Z]\w*Id$/.test(type);

export class Codec {
    constructor(table) {
        if (table.format !== 'entente-codec' || table.version !== 1) throw new Error('not the table of the codec');
        this.schema = table.schema;
        this.types = table.types;
    }

    entry(bytes) { return this.record('Entry', bytes); }
    snapshot(bytes) { return this.record('Snapshot', bytes); }

    // All of it, in the schema it says, and nothing behind it. `used` tells how many values of each type were read.
    record(type, bytes) {
        const from = new Bytes(bytes, 'schema'), schema = this.number(from, 'u16');
        if (schema === 0) refuse('damaged', 'schema');
        if (schema > this.schema) refuse('unsupported', 'schema');
        from.why = 'codec';
        this.used = new Map();
        const value = this.read(type, from, schema);
        if (from.left !== 0) refuse('damaged', 'codec');
        return { schema, value };
    }

    number(from, type) {
        const size = kNumbers[type], bytes = from.take(size);
        let value = 0n;
        for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
        if (kSigned.test(type)) value = BigInt.asIntN(8 * size, value);
        return size === 8 ? value : Number(value);
    }

    read(type, from, schema) {
        this.used.set(type, (this.used.get(type) ?? 0) + 1);
        const around = /^(.*)(\?|\[(\d*)\])$/.exec(type);
        if (around) return this.several(around, from, schema);
        if (type in kNumbers) return this.number(from, type);
        if (isId(type)) return this.number(from, 'u64');
        if (type === 'bool') return this.choice(from, 2) === 1;
        if (type === 'text') return this.text(from);
        if (type === 'currency') return this.currency(from);
        const { fields, values, alternatives } = this.types[type];
        if (values) return this.choice(from, values.length);
        if (alternatives) {
            const tag = this.number(from, 'u16'), found = alternatives.find(([known]) => known === tag);
            if (!found) refuse('damaged', 'codec');
            return { tag, type: found[1], value: this.read(found[1], from, schema) };
        }
        return Object.fromEntries(fields.map(([name, of, since = 1, missing]) => [
            name, schema >= since ? this.read(of, from, schema) : this.fromJson(of, missing),
        ]));
    }
    several([, of, mark, told], from, schema) {
        if (mark === '?') return this.choice(from, 2) === 1 ? this.read(of, from, schema) : null;
        const count = told === '' ? this.number(from, 'u64') : BigInt(told);
        if (count > BigInt(from.left)) refuse('damaged', 'codec');  // each has at least a byte
        return Array.from({ length: Number(count) }, () => this.read(of, from, schema));
    }
    choice(from, count) {
        const value = from.u8();
        return value < count ? value : refuse('damaged', 'codec');
    }
    text(from) {
        const bytes = from.take(this.number(from, 'u64'));
        try {
            return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
            return refuse('damaged', 'codec');
        }
    }
    currency(from) {
        const code = String.fromCharCode(...from.take(3));
        if (code === '\0\0\0') return '';
        return /^[A-Z]{3}$/.test(code) ? code : refuse('damaged', 'codec');
    }

    // A value of the table's own JSON, with BigInt where read() gives one.
    fromJson(type, json) {
        if (json === null) return null;
        const around = /^(.*)(\?|\[\d*\])$/.exec(type);
        if (around) return around[2] === '?' ? this.fromJson(around[1], json) : json.map((one) => this.fromJson(around[1], one));
        if (kNumbers[type] === 8 || isId(type)) return BigInt(json);
        const fields = this.types[type]?.fields;
        return fields ? Object.fromEntries(fields.map(([name, of]) => [name, this.fromJson(of, json[name])])) : json;
    }

    // The bytes of a record again, in its own schema.
    write(type, { schema, value }) {
        const out = [];
        this.put(out, 'u16', schema, schema);
        this.put(out, type, value, schema);
        return Uint8Array.from(out);
    }
    put(out, type, value, schema) {
        const around = /^(.*)(\?|\[(\d*)\])$/.exec(type), size = isId(type) ? 8 : kNumbers[type];
        if (around) {
            const items = around[2] !== '?' ? value : value === null ? [] : [value];
            if (around[2] === '?') out.push(items.length);
            else if (around[3] === '') this.put(out, 'u64', BigInt(items.length), schema);
            for (const item of items) this.put(out, around[1], item, schema);
        } else if (size) {
            for (let i = 0, bits = BigInt.asUintN(8 * size, BigInt(value)); i < size; i++, bits >>= 8n) out.push(Number(bits & 255n));
        } else if (type === 'bool') {
            out.push(value ? 1 : 0);
        } else if (type === 'text') {
            const bytes = new TextEncoder().encode(value);
            this.put(out, 'u64', BigInt(bytes.length), schema);
            out.push(...bytes);
        } else if (type === 'currency') {
            out.push(...[0, 1, 2].map((i) => (value === '' ? 0 : value.charCodeAt(i))));
        } else if (this.types[type].values) {
            out.push(value);
        } else if (this.types[type].alternatives) {
            this.put(out, 'u16', value.tag, schema);
            this.put(out, value.type, value.value, schema);
        } else {
            for (const [name, of, since = 1] of this.types[type].fields) if (schema >= since) this.put(out, of, value[name], schema);
        }
    }

    // As the plain export says it.
    plain(type, value) {
        if (value === null) return null;
        const around = /^(.*)(\?|\[\d*\])$/.exec(type);
        if (around && around[2] === '?') return this.plain(around[1], value);
        if (around) return around[1] === 'u8' ? null : value.map((one) => this.plain(around[1], one));  // bytes are keys: never told
        if (isId(type)) return value === 0n ? null : value.toString(16).padStart(16, '0');
        if (type === 'day') return value === 0 ? null : isoDay(value);
        if (type === 'minute') return value === 0n ? null : isoMinute(Number(value));
        if (type === 'currency') return value === '' ? null : value;
        if (typeof value === 'bigint') return Number(value);
        const { fields, values, alternatives } = this.types[type] ?? {};
        if (values) return values[value];
        if (alternatives) return { edit: wordOf(value.type), ...this.plain(value.type, value.value) };
        return fields ? Object.fromEntries(fields.map(([name, of]) => [name, this.plain(of, value[name])])) : value;
    }
}

// The calendar repeats after 400 years, and Date does not reach every day there is a number for.
const kCycle = 146_097;
function isoDay(day) {
    const cycles = Math.floor(day / kCycle), within = new Date((day - cycles * kCycle) * 86_400_000);
    const [year, ...rest] = within.toISOString().slice(0, 10).split('-');
    return [String(Number(year) + 400 * cycles).padStart(4, '0'), ...rest].join('-');
}
function isoMinute(at) {
    const day = Math.floor(at / 1440), minute = at - day * 1440, two = (number) => String(number).padStart(2, '0');
    return `${isoDay(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

// "change::AddWork" is "add_work" in the export.
const wordOf = (type) => type.split('::').pop().replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();

// What records before schema 3 said in another way.
export function asToday({ schema, value }) {
    if (schema >= 3) return value;
    const marked = (note) => {
        const found = /^rounds:([1-9][0-9]{0,19})$/.exec(note);
        return found && BigInt(found[1]) < 1n << 64n ? BigInt(found[1]) : null;
    };
    const unmark = (edits) => edits.filter(({ type }) => type === 'change::AddWork').reduce((last, { value: { work } }) => {
        const found = marked(work.note);
        if (found !== null) work.note = '';
        return found ?? last;
    }, null);
    const task = (one) => { if (marked(one.note) !== null) one.note = ''; };
    const change = (one) => {
        const found = unmark(one.edits);
        if (found !== null) one.asks_round = found;
        for (const option of one.options) unmark(option.edits);
    };
    const proposal = (one) => { one.contingency_shown = one.contingency_basis_points !== 0n; };
    const project = (one) => {
        one.tasks.forEach(task);
        one.changes.forEach(change);
        one.scenarios.forEach(({ edits }) => unmark(edits));
        one.money.proposals.forEach(proposal);
    };
    if (value.model) {
        value.model.projects.forEach(project);
        return value;
    }
    const { type, value: command } = value.command.value;
    const kMended = {
        'plan::AddProject': () => project(command.project), 'plan::RestoreProject': () => project(command.project),
        'plan::InsertTasks': () => command.tasks.forEach((placed) => task(placed.task)),
        'change::PutChange': () => change(command.change), 'money::PutProposal': () => proposal(command.proposal),
        'change::PutScenario': () => unmark(command.scenario.edits),
    };
    kMended[type]?.();
    return value;
}

