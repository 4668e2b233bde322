// IndexedDB for src/platform/web/storage_web.cpp: one database, four stores of byte records keyed by number.
//
// Every call is answered once, by a later event, with entente_storage_answer(ticket, status) after its bytes were put where
// entente_storage_room(size) says. A commit is answered at the transaction's `complete` event (durability: strict) or at its
// `abort`; a connection that the browser closes fails what is under way on it, because no event would come any more.
// What is not answered for PATIENCE seconds is answered as silent: nobody knows then whether it took place.
// Status: 0 done, 1 conflict, 2 full, 3 unavailable, 4 failed, 5 silent; beside a failure the bytes are the browser's own words.
mergeInto(LibraryManager.library, {
    $EntenteStorage: {
        STORES: ['hdr', 'head', 'snap', 'jrnl'],
        PATIENCE: 20,
        watched: {},     // ticket -> {left: ticks, giveUp: what else is to be done then}
        ticking: null,
        databases: {},   // name -> {db, waiting: callbacks of those who wait for it to open, running: what to fail when it closes}

        // Answers for a store that does not. It counts ticks, not time: a tab that slept with its computer has waited for none of it.
        watch: function (ticket, giveUp) {
            EntenteStorage.watched[ticket] = { left: EntenteStorage.PATIENCE, giveUp: giveUp };
            if (EntenteStorage.ticking === null) EntenteStorage.ticking = setInterval(EntenteStorage.tick, 1000);
        },

        tick: function () {
            Object.keys(EntenteStorage.watched).forEach(function (ticket) {
                var one = EntenteStorage.watched[ticket];
                if (!one || --one.left > 0) return;
                delete EntenteStorage.watched[ticket];
                if (one.giveUp) one.giveUp();
                EntenteStorage.answer(Number(ticket), 5);
            });
            if (Object.keys(EntenteStorage.watched).length) return;
            clearInterval(EntenteStorage.ticking);
            EntenteStorage.ticking = null;
        },

        // A second answer, of a store that found its voice again, is passed over by who is called.
        answer: function (ticket, status, bytes) {
            delete EntenteStorage.watched[ticket];
            var length = bytes ? bytes.length : 0;
            var at = _entente_storage_room(length);
            if (length) HEAPU8.set(bytes, at);
            _entente_storage_answer(ticket, status);
        },

        fail: function (ticket, error, otherwise) {
            var name = error && error.name ? error.name : String(error || '');
            var status = name === 'QuotaExceededError' ? 2 : otherwise;
            EntenteStorage.answer(ticket, status, new TextEncoder().encode(name));
        },

        // The connection, opened where needed: then(db), or failed(error).
        connect: function (name, then, failed) {
            var known = EntenteStorage.databases[name] = EntenteStorage.databases[name] || { db: null, waiting: null, running: [] };
            if (known.db) return then(known.db);
            if (known.waiting) return void known.waiting.push([then, failed]);
            known.waiting = [[then, failed]];
            var settle = function (which, value) {
                var waiting = known.waiting;
                known.waiting = null;
                (waiting || []).forEach(function (pair) { pair[which](value); });
            };
            var request;
            try {
                request = indexedDB.open(name, 1);
            } catch (error) {
                return void setTimeout(settle, 0, 1, error);
            }
            request.onupgradeneeded = function () {
                EntenteStorage.STORES.forEach(function (store) {
                    if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
                });
            };
            request.onerror = function (event) {
                event.preventDefault();
                settle(1, request.error);
            };
            request.onsuccess = function () {
                var db = known.db = request.result;
                var lost = function () {
                    if (known.db !== db) return;
                    known.db = null;
                    var running = known.running;
                    known.running = [];
                    running.forEach(function (end) { end('ConnectionClosed'); });
                };
                db.onclose = lost;
                db.onversionchange = function () {
                    db.close();  // what is under way still completes; the next call opens anew
                    known.db = null;
                };
                settle(0, db);
            };
        },

        // Runs work(transaction) and answers when the transaction has ended. work may return a function that gives the bytes.
        transact: function (name, stores, mode, ticket, work, again) {
            if (!again) EntenteStorage.watch(ticket);
            EntenteStorage.connect(name, function (db) {
                var known = EntenteStorage.databases[name];
                var transaction, result, problem;
                try {
                    transaction = db.transaction(stores, mode, { durability: 'strict' });
                } catch (error) {
                    // A connection that is closing without having said so: once more with a new one.
                    if (known.db === db) known.db = null;
                    if (again || error.name !== 'InvalidStateError') return EntenteStorage.later(ticket, error);
                    return EntenteStorage.transact(name, stores, mode, ticket, work, true);
                }
                var ended = false;
                var end = function (error) {
                    if (ended) return;
                    ended = true;
                    known.running = known.running.filter(function (other) { return other !== end; });
                    if (transaction.conflict) EntenteStorage.answer(ticket, 1);
                    else if (error) EntenteStorage.fail(ticket, error, 4);
                    else EntenteStorage.answer(ticket, 0, result ? result() : null);
                };
                known.running.push(end);
                transaction.oncomplete = function () { end(null); };
                transaction.onabort = function () { end(problem || transaction.error || 'AbortError'); };
                try {
                    result = work(transaction);
                } catch (error) {
                    problem = error;
                    transaction.abort();
                }
            }, function (error) {
                EntenteStorage.fail(ticket, error, 3);
            });
        },

        later: function (ticket, error) {
            setTimeout(function () { EntenteStorage.fail(ticket, error, 4); }, 0);
        },

        same: function (found, expected) {
            if (found === undefined) return expected.length === 0;
            if (!(found instanceof Uint8Array) || found.length !== expected.length || !expected.length) return false;
            for (var i = 0; i < found.length; i++) {
                if (found[i] !== expected[i]) return false;
            }
            return true;
        },

        // A batch as storage_web.cpp writes it; the bytes are copied out of the heap.
        parse: function (batch) {
            var view = new DataView(batch.buffer, batch.byteOffset, batch.length);
            var at = 0;
            var u32 = function () { at += 4; return view.getUint32(at - 4, true); };
            var place = function () {
                var length = batch[at++];
                var store = String.fromCharCode.apply(null, batch.subarray(at, at + length));
                at += length;
                var low = u32();
                return { store: store, key: u32() * 4294967296 + low };
            };
            var record = function () {
                var one = place();
                var size = u32();
                one.value = batch.slice(at, at + size);
                at += size;
                return one;
            };
            var many = function (one) {
                var out = [];
                for (var left = u32(); left > 0; left--) out.push(one());
                return out;
            };
            return { expect: many(record), put: many(record), erase: many(place) };
        },

        write: function (transaction, batch) {
            batch.put.forEach(function (record) { transaction.objectStore(record.store).put(record.value, record.key); });
            batch.erase.forEach(function (place) { transaction.objectStore(place.store).delete(place.key); });
        },

        // Compares first; writes in the same transaction once everything was as expected.
        commit: function (transaction, batch) {
            var left = batch.expect.length;
            if (!left) return EntenteStorage.write(transaction, batch);
            batch.expect.forEach(function (expected) {
                var request = transaction.objectStore(expected.store).get(expected.key);
                request.onsuccess = function () {
                    if (transaction.conflict) return;
                    if (!EntenteStorage.same(request.result, expected.value)) {
                        transaction.conflict = true;
                        transaction.abort();
                    } else if (--left === 0) {
                        try {
                            EntenteStorage.write(transaction, batch);
                        } catch (error) {
                            transaction.abort();
                        }
                    }
                };
            });
        },

        pack: function (keys, values) {
            var size = 4;
            values = values.map(function (value) { return value instanceof Uint8Array ? value : new Uint8Array(0); });
            values.forEach(function (value) { size += 12 + value.length; });
            var bytes = new Uint8Array(size);
            var view = new DataView(bytes.buffer);
            view.setUint32(0, values.length, true);
            var at = 4;
            values.forEach(function (value, index) {
                view.setUint32(at, keys[index] >>> 0, true);
                view.setUint32(at + 4, Math.floor(keys[index] / 4294967296), true);
                view.setUint32(at + 8, value.length, true);
                bytes.set(value, at + 12);
                at += 12 + value.length;
            });
            return bytes;
        },
    },
    entente_storage_commit__deps: ['$EntenteStorage'],
    entente_storage_commit: function (database, message, size, ticket) {
        var batch = EntenteStorage.parse(HEAPU8.subarray(message, message + size));
        EntenteStorage.transact(UTF8ToString(database), EntenteStorage.STORES, 'readwrite', ticket, function (transaction) {
            EntenteStorage.commit(transaction, batch);
        });
    },

    entente_storage_read__deps: ['$EntenteStorage'],
    entente_storage_read: function (database, store, firstKey, limit, ticket) {
        var name = UTF8ToString(store);
        EntenteStorage.transact(UTF8ToString(database), [name], 'readonly', ticket, function (transaction) {
            var range = IDBKeyRange.lowerBound(firstKey);
            var keys = transaction.objectStore(name).getAllKeys(range, limit);
            var values = transaction.objectStore(name).getAll(range, limit);
            return function () { return EntenteStorage.pack(keys.result, values.result); };
        });
    },

    // Clears the stores rather than deleting the database: another tab cannot hold that up.
    entente_storage_erase__deps: ['$EntenteStorage'],
    entente_storage_erase: function (database, ticket) {
        EntenteStorage.transact(UTF8ToString(database), EntenteStorage.STORES, 'readwrite', ticket, function (transaction) {
            EntenteStorage.STORES.forEach(function (store) { transaction.objectStore(store).clear(); });
        });
    },
});
