// A second reader of whole workspaces: "Opening" in src/vault/FORMAT.md, from one store or from both.
import { Bytes, openHdr, openHead, openRecord, openSlots, readHeader, readLocked, refuse, Refused, subkey } from './envelope.mjs';

const kZeros = new Uint8Array(32);
const same = (a, b) => Buffer.compare(a, b) === 0;

// The records by store and key. The listing is the vectors' own.
export function readListing(bytes) {
    const from = new Bytes(bytes, 'listing'), stores = { hdr: new Map(), head: new Map(), snap: new Map(), jrnl: new Map() };
    while (from.left > 0) {
        const name = new TextDecoder().decode(from.take(from.u8())), key = from.u64();
        stores[name].set(key, from.take(from.u32()));
    }
    return stores;
}

// What `read` gives, or null where it refuses.
function whole(read) {
    try {
        return read();
    } catch (error) {
        if (error instanceof Refused) return null;
        throw error;
    }
}

// Beyond these a store keeps what was set aside: it counts for nothing.
const kAside = 1n << 52n;
const inPlace = (records) => new Map([...records].filter(([key]) => key < kAside));

const epochOf = ({ header }) => new DataView(header.keyEpoch.buffer, header.keyEpoch.byteOffset).getUint32(0, true);
// New keys count for more than a newer edition of the slots.
const newer = (a, b) => (epochOf(a) !== epochOf(b) ? epochOf(b) > epochOf(a) : b.header.seq > a.header.seq);
// Of two heads of one store, and of two stores.
const laterOfOne = (a, b) => (b.generation > a.generation ? b : a);
const laterOfTwo = (a, b) => (b.seq > a.seq || (b.seq === a.seq && b.generation > a.generation) ? b : a);

class Opening {
    constructor(sodium, stores, witness) {
        Object.assign(this, { sodium, witness });
        this.stores = stores.map((all) => Object.fromEntries(Object.entries(all).map(([name, records]) => [name, inPlace(records)])));
    }
    hash(record) { return this.sodium.crypto_generichash(32, record); }
    key(label) { return subkey(this.sodium, this.root, label, this.vaultId, this.keyEpoch); }

    // Steps 1 and 2: whose workspace it is, which stores tell of it, its keys.
    unlock(secret) {
        const all = this.stores.map(({ hdr }) => [...hdr.values()].map((record) => whole(() => (
            { record, ...readLocked(this.sodium, record, 'hdr') }))).filter(Boolean));
        const first = all.flat()[0];
        if (!first) refuse('damaged', 'no_header');
        const ours = all.map((headers) => headers.filter(({ header }) => same(header.vaultId, first.header.vaultId)));
        const newest = ours.flat().reduce((a, b) => (newer(a, b) ? b : a));
        const isOld = (headers) => headers.length > 0 && headers.every((one) => epochOf(one) < epochOf(newest));
        this.outdated = this.stores.filter((_, i) => isOld(ours[i]));
        this.stores = this.stores.filter((_, i) => !isOld(ours[i]) && (ours[i].length > 0 || all[i].length === 0));
        this.root = openSlots(this.sodium, newest, secret);
        Object.assign(this, { vaultId: newest.header.vaultId, keyEpoch: newest.header.keyEpoch });
        this.device = openHdr(this.sodium, newest.record, secret).device;
        if (this.witness && !same(Buffer.from(this.witness.vaultId, 'hex'), this.vaultId)) this.witness = null;
    }

    // Step 3.
    chooseHead() {
        for (const store of this.stores) {
            const heads = [...store.head.values()].map((record) => whole(() => {
                const { seq, prevHash } = readHeader(record);
                return { seq, prevHash, ...openHead(this.sodium, record, this.vaultId, this.key('head')) };
            })).filter(Boolean);
            store.end = heads.length > 0 ? heads.reduce(laterOfOne) : null;
        }
        const ends = this.stores.map(({ end }) => end).filter(Boolean);
        if (ends.length === 0) refuse('damaged', 'no_head');
        this.head = ends.reduce(laterOfTwo);
    }

    // Step 4. Snapshots before the base have no journal after them.
    takeSnapshot() {
        const later = this.head.snapshots.filter(({ sequence }) => sequence >= this.head.base);
        const found = later.flatMap((ref) => this.stores.map((store) => whole(() => this.snapshotOf(store, ref)))).find(Boolean);
        const { sequence, previous, snapshot } = found ?? { sequence: 0n, previous: kZeros, snapshot: null };
        if (sequence < this.head.base) refuse('damaged', 'snapshot');
        Object.assign(this, { sequence, previous, snapshot, snapshotSequence: sequence, entries: [] });
    }
    snapshotOf(store, { sequence, hash }) {
        const record = store.snap.get(sequence);
        if (!record || !same(this.hash(record), hash)) refuse('damaged', 'snapshot');
        const { header, content } = openRecord(this.sodium, record, 'snap', this.vaultId, this.key('snap'));
        if (header.seq !== sequence) refuse('damaged', 'snapshot');
        return { sequence, previous: header.prevHash, snapshot: content };
    }

    // Steps 5 and 6: any whole copy of each entry, until there is none.
    readJournal() {
        this.meet();
        for (let next; (next = this.entryAfter()); this.meet()) {
            this.sequence++;
            this.previous = this.hash(next.record);
            this.entries.push(next.content);
        }
        const sequence = this.sequence + 1n;
        const goesOn = (store) => [...store.jrnl.keys()].some((key) => key >= sequence);
        const known = this.witness ? this.witness.sequence : 0n;
        const clean = this.stores.some((store) => !goesOn(store)) || (this.stores.length === 2 && known <= this.sequence);
        if (this.sequence < this.head.seq || !clean) refuse('damaged', 'entry');
    }
    entryAfter() {
        const sequence = this.sequence + 1n;
        const copies = this.stores.map((store) => whole(() => {
            const record = store.jrnl.get(sequence) ?? refuse('damaged', 'entry');
            const { header, content } = openRecord(this.sodium, record, 'jrnl', this.vaultId, this.key('jrnl'));
            if (header.seq !== sequence || !same(header.prevHash, this.previous)) refuse('damaged', 'entry');
            return { record, content, torn: (store.end?.seq ?? 0n) < sequence };
        })).filter(Boolean);
        let stands = copies[0];
        if (copies.length === 2 && !same(copies[0].record, copies[1].record)) {
            if (copies.every(({ torn }) => !torn)) refuse('conflict', 'fork');
            stands = copies.find(({ torn }) => !torn);
        }
        if (stands && sequence === this.head.seq && !same(this.hash(stands.record), this.head.prevHash)) return null;
        return stands;
    }
    // Where a store ends at the entry just read, it ends in the same record.
    meet() {
        for (const { end } of this.stores) {
            if (end && end.seq > 0n && end.seq === this.sequence) end.met = same(end.prevHash, this.previous);
        }
    }

    // Step 7: the end of the store that ends earlier is a record of the other; nothing was written with old keys after the new ones.
    compare() {
        const lead = this.stores.find(({ end }) => end === this.head);
        for (const { end } of this.stores) {
            if (end === this.head || !end || end.seq === 0n) continue;
            if (!(end.met ?? this.holds(lead, end))) refuse('conflict', 'fork');
        }
        for (const { jrnl } of this.outdated) if ([...jrnl.keys()].some((key) => key > this.head.base)) refuse('conflict', 'fork');
    }
    // Its own record of that number says so, or, where that is damaged, the next one, which is chained to it.
    holds({ jrnl }, { seq, prevHash }) {
        const record = jrnl.get(seq), next = jrnl.get(seq + 1n);
        if (record && same(this.hash(record), prevHash)) return true;
        const opened = next && whole(() => openRecord(this.sodium, next, 'jrnl', this.vaultId, this.key('jrnl')));
        return Boolean(opened) && opened.header.seq === seq + 1n && same(opened.header.prevHash, prevHash);
    }
}

// `witness` is what readWitness() gave, or null. Gives what there is, and `missing`, the edits that the witness knows of besides.
export function openStores(sodium, stores, witness, secret) {
    const opening = new Opening(sodium, stores, witness);
    opening.unlock(secret);
    opening.chooseHead();
    opening.takeSnapshot();
    opening.readJournal();
    opening.compare();
    const { device, sequence, snapshot, snapshotSequence, entries } = opening;
    const known = opening.witness ? opening.witness.sequence : 0n;
    return { device, sequence, snapshot, snapshotSequence, entries, missing: known > sequence ? known - sequence : 0n };
}

export const openStore = (sodium, store, secret) => openStores(sodium, [store], null, secret);
