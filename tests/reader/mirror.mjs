// A second reader of the mirror's two files: "The mirror's files" in src/vault/FORMAT.md.
import { Bytes, refuse, Refused } from './envelope.mjs';

const kStores = ['hdr', 'head', 'snap', 'jrnl'], kHead = 16;
const letters = (bytes) => new TextDecoder('latin1').decode(bytes);

function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    return (crc ^ 0xffffffff) >>> 0;
}

// The generation of a whole file; 0 where it does not count.
function generationOf(file) {
    if (file.length < kHead || letters(file.subarray(0, 4)) !== 'ENTF') return 0;
    const head = new Bytes(file.subarray(0, kHead), 'mirror');
    head.take(4);
    const version = head.u8(), whole = head.u8() === 1;
    head.take(2);
    const generation = head.u32();
    if (head.u32() !== crc32(file.subarray(0, 12))) return 0;
    if (version > 1) refuse('unsupported', 'mirror');
    return whole ? generation : 0;
}

// What a batch puts and takes away; null where it is none.
function parse(batch) {
    const from = new Bytes(batch, 'batch');
    const place = () => {
        const store = letters(from.take(from.u8())), key = from.u64();
        if (!kStores.includes(store) || key >= 1n << 53n) refuse('damaged', 'batch');
        return { store, key };
    };
    const record = () => ({ ...place(), value: from.take(from.u32()) });
    const many = (one) => {
        const out = [];
        for (let left = from.u32(); left > 0; left--) out.push(one());
        return out;
    };
    try {
        many(record);
        const changes = { put: many(record), erase: many(place) };
        return from.left === 0 ? changes : null;
    } catch (error) {
        if (error instanceof Refused) return null;
        throw error;
    }
}

// The records of the file that counts, by store and key.
export function readMirror([first, second]) {
    const stores = Object.fromEntries(kStores.map((store) => [store, new Map()]));
    const [a, b] = [first, second].map(generationOf);
    const file = b > a ? second : first;
    if (a === 0 && b === 0) return stores;
    const u32 = (at) => new DataView(file.buffer, file.byteOffset).getUint32(at, true);
    for (let at = kHead; at + 16 <= file.length;) {
        const end = at + 12 + u32(at + 4);
        if (letters(file.subarray(at, at + 4)) !== 'ENTR' || u32(at + 8) !== crc32(file.subarray(at, at + 8))) {
            at++;
            continue;
        }
        if (end + 4 > file.length) break;
        const batch = file.subarray(at + 12, end), changes = parse(batch);
        for (const { store, key, value } of changes?.put ?? []) stores[store].set(key, value);
        for (const { store, key } of changes?.erase ?? []) stores[store].delete(key);
        at = u32(end) === crc32(batch) ? end + 4 : at + 1;
    }
    return stores;
}

// The two files of a vector.
export function filesOf(bytes) {
    const from = new Bytes(bytes, 'vector'), first = from.take(from.u32());
    return [first, from.take(from.left)];
}
