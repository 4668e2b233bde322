// The folder a person chose for backups (File System Access), for src/platform/web/folder_web.cpp. The browser keeps the handle of it in
// a database of its own, beside the vault's: it says where copies go, and nothing of what is in them.
mergeInto(LibraryManager.library, {
    $EntenteFolder__deps: ['$ententePage'],
    $EntenteFolder: {
        // As Folder::State in platform/ports.hpp.
        Unsupported: 0, None: 1, Asks: 2, Ready: 3,

        // `act` gets the store and gives a request, or nothing.
        kept: function (mode, act) {
            return new Promise(function (resolve, reject) {
                var open = indexedDB.open('entente.folder', 1);
                open.onupgradeneeded = function () { open.result.createObjectStore('folder'); };
                open.onerror = function () { reject(open.error); };
                open.onsuccess = function () {
                    var base = open.result, task = base.transaction('folder', mode), request = act(task.objectStore('folder'));
                    task.oncomplete = function () {
                        base.close();
                        resolve(request.result);
                    };
                    task.onabort = task.onerror = function () {
                        base.close();
                        reject(task.error);
                    };
                };
            });
        },
        handle: function () {
            return EntenteFolder.kept('readonly', function (store) { return store.get('backup'); });
        },

        // Answers with the state that `work` comes to and the folder's name. Where a person said no, Cancelled.
        tell: function (ticket, work) {
            work.then(function (found) {
                ententePage.answer(ticket, 0, new Uint8Array([found.state]), found.handle ? found.handle.name : '');
            }, function (error) { EntenteFolder.fail(ticket, error); });
        },
        fail: function (ticket, error) {
            var refused = error && /^(AbortError|NotAllowedError|SecurityError)$/.test(error.name);
            ententePage.answer(ticket, refused ? 2 : 1, null, String(error && error.name));
        },
        standing: function (handle) {
            if (!handle) return { state: EntenteFolder.None };
            return handle.queryPermission({ mode: 'readwrite' }).then(function (permission) {
                return { state: permission === 'granted' ? EntenteFolder.Ready : EntenteFolder.Asks, handle: handle };
            });
        },
    },

    entente_folder_look__deps: ['$EntenteFolder'],
    entente_folder_look: function (ticket) {
        if (!self.showDirectoryPicker) return void setTimeout(EntenteFolder.tell, 0, ticket, Promise.resolve({ state: 0 }));
        EntenteFolder.tell(ticket, EntenteFolder.handle().then(EntenteFolder.standing));
    },

    entente_folder_choose__deps: ['$EntenteFolder'],
    entente_folder_choose: function (ticket) {
        var wishes = { id: 'entente', mode: 'readwrite', startIn: 'documents' };
        EntenteFolder.tell(ticket, self.showDirectoryPicker(wishes).then(function (handle) {
            return EntenteFolder.kept('readwrite', function (store) { return store.put(handle, 'backup'); }).then(function () {
                return EntenteFolder.standing(handle);
            });
        }));
    },

    entente_folder_allow__deps: ['$EntenteFolder'],
    entente_folder_allow: function (ticket) {
        EntenteFolder.tell(ticket, EntenteFolder.handle().then(function (handle) {
            if (!handle) return { state: EntenteFolder.None };
            return handle.requestPermission({ mode: 'readwrite' }).then(function () { return EntenteFolder.standing(handle); });
        }));
    },

    entente_folder_forget__deps: ['$EntenteFolder'],
    entente_folder_forget: function (ticket) {
        EntenteFolder.tell(ticket, EntenteFolder.kept('readwrite', function (store) { return store.delete('backup'); }).then(function () {
            return { state: EntenteFolder.None };
        }));
    },

    entente_folder_read__deps: ['$EntenteFolder'],
    entente_folder_read: function (name, most, ticket) {
        var text = UTF8ToString(name);
        EntenteFolder.handle().then(function (folder) {
            if (!folder) throw new DOMException('', 'NotFoundError');
            return folder.getFileHandle(text);
        }).then(function (file) { return file.getFile(); }).then(function (file) {
            if (file.size > most) return void ententePage.answer(ticket, 3, null, text);
            return file.arrayBuffer().then(function (buffer) { ententePage.answer(ticket, 0, new Uint8Array(buffer), text); });
        }).catch(function (error) { EntenteFolder.fail(ticket, error); });
    },

    // The file takes the place of an older one of that name only when all of it is written; then it is read from the disk again.
    entente_folder_write__deps: ['$EntenteFolder'],
    entente_folder_write: function (name, bytes, size, ticket) {
        var text = UTF8ToString(name), copy = HEAPU8.slice(bytes, bytes + size);
        EntenteFolder.handle().then(function (folder) {
            if (!folder) throw new DOMException('', 'NotFoundError');
            return folder.getFileHandle(text, { create: true });
        }).then(function (file) {
            return file.createWritable().then(function (out) {
                return out.write(copy).then(function () { return out.close(); }, function (error) {
                    return out.abort().then(function () { throw error; }, function () { throw error; });
                });
            }).then(function () { return file.getFile(); });
        }).then(function (read) { return read.arrayBuffer(); }).then(function (buffer) {
            ententePage.answer(ticket, 0, new Uint8Array(buffer), text);
        }).catch(function (error) { EntenteFolder.fail(ticket, error); });
    },
});
