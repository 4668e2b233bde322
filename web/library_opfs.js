// The page's side of store_opfs.js, for src/platform/web/storage_web.cpp: the calls of library_storage.js, answered the same way. The
// worker is started by the first call; where it cannot be, or ends, every call that waits is answered with "unavailable".
mergeInto(LibraryManager.library, {
    $EntenteOpfs__deps: ['$EntenteStorage'],
    $EntenteOpfs: {
        worker: null,
        waiting: {},  // tickets

        lost: function (why, status) {
            var waiting = Object.keys(EntenteOpfs.waiting);
            EntenteOpfs.waiting = {};
            if (EntenteOpfs.worker) EntenteOpfs.worker.terminate();
            EntenteOpfs.worker = null;
            setTimeout(function () {
                waiting.forEach(function (ticket) { EntenteStorage.answer(Number(ticket), status || 3, new TextEncoder().encode(why)); });
            }, 0);
        },

        start: function () {
            var worker = new Worker(entente.storeAddress());
            worker.onmessage = function (event) {
                if (!(event.data.ticket in EntenteOpfs.waiting)) return;
                delete EntenteOpfs.waiting[event.data.ticket];
                EntenteStorage.answer(event.data.ticket, event.data.status, new Uint8Array(event.data.bytes));
                // Nothing is kept here, and nothing was asked for meanwhile: it is started again when something is.
                if (event.data.resting && worker === EntenteOpfs.worker && Object.keys(EntenteOpfs.waiting).length === 0) {
                    worker.terminate();
                    EntenteOpfs.worker = null;
                }
            };
            worker.onerror = function (event) {
                event.preventDefault();
                if (worker === EntenteOpfs.worker) EntenteOpfs.lost('WorkerFailed');
            };
            return worker;
        },

        ask: function (ticket, request, moved) {
            request.ticket = ticket;
            EntenteOpfs.waiting[ticket] = true;
            EntenteStorage.watch(ticket, function () {
                if (!(ticket in EntenteOpfs.waiting)) return;  // its worker is gone, and with it what it was asked
                delete EntenteOpfs.waiting[ticket];
                EntenteOpfs.lost('Silent', 5);  // the next call starts another
            });
            try {
                if (!EntenteOpfs.worker) EntenteOpfs.worker = EntenteOpfs.start();
                EntenteOpfs.worker.postMessage(request, moved || []);
            } catch (error) {
                setTimeout(EntenteOpfs.lost, 0, error.name || String(error));
            }
        },
    },

    entente_opfs_commit__deps: ['$EntenteOpfs'],
    entente_opfs_commit: function (name, message, size, ticket) {
        var bytes = HEAPU8.slice(message, message + size);
        EntenteOpfs.ask(ticket, { action: 'commit', name: UTF8ToString(name), batch: bytes.buffer }, [bytes.buffer]);
    },

    entente_opfs_read__deps: ['$EntenteOpfs'],
    entente_opfs_read: function (name, store, first, limit, ticket) {
        EntenteOpfs.ask(ticket, { action: 'read', name: UTF8ToString(name), store: UTF8ToString(store), first: first, limit: limit });
    },

    entente_opfs_let_go__deps: ['$EntenteOpfs'],
    entente_opfs_let_go: function () { EntenteOpfs.lost('LetGo'); },

    entente_opfs_erase__deps: ['$EntenteOpfs'],
    entente_opfs_erase: function (name, ticket) {
        EntenteOpfs.ask(ticket, { action: 'erase', name: UTF8ToString(name) });
    },
});
