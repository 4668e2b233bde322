// What the program's own reader of the mirror's files (web/store_opfs.js) makes of them, to compare: it runs as it is, with files that are
// arrays.
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';

class Handle {
    constructor(bytes) { this.bytes = Uint8Array.from(bytes); }
    getSize() { return this.bytes.length; }
    read(into, { at }) {
        const part = this.bytes.subarray(at, at + into.length);
        into.set(part);
        return part.length;
    }
    write(bytes, { at }) {
        const longer = new Uint8Array(Math.max(this.bytes.length, at + bytes.length));
        longer.set(this.bytes);
        longer.set(bytes, at);
        this.bytes = longer;
        return bytes.length;
    }
    truncate(size) { this.bytes = this.bytes.slice(0, size); }
    flush() { this.flushed = true; }
    close() { this.closed = true; }
}

// Gives a function from two files to records by store and key; null where it refuses them.
export function programsReader(path) {
    const context = createContext({ self: {}, navigator: {}, DOMException, TextEncoder });
    runInContext(readFileSync(path, 'utf8'), context);
    const open = runInContext('(handles) => new Store(handles.map((handle) => new File(handle)))', context);
    const limit = 0xffffffff;
    return (files) => {
        let store;
        try {
            store = open(files.map((bytes) => new Handle(bytes)));
        } catch (error) {
            if (error.name === 'NotSupportedError') return null;
            throw error;
        }
        const all = {};
        for (const name of ['hdr', 'head', 'snap', 'jrnl']) {
            const records = new Map(), listed = store.read(name, 0, limit);
            const view = new DataView(listed.buffer, listed.byteOffset, listed.length);
            for (let left = view.getUint32(0, true), at = 4; left > 0; left--) {
                const size = view.getUint32(at + 8, true);
                records.set(view.getBigUint64(at, true), Uint8Array.from(listed.subarray(at + 12, at + 12 + size)));
                at += 12 + size;
            }
            all[name] = records;
        }
        return all;
    };
}
