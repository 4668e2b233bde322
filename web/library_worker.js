// The worker's side of a job: bytes in, bytes out, once or several times. A message that comes before the module is ready waits for it.
// Copies of the request are overwritten as soon as the module has them.
mergeInto(LibraryManager.library, {
    $EntenteWorker: {
        ready: false,
        waiting: [],

        run: function (buffer) {
            var request = new Uint8Array(buffer);
            var at = _entente_worker_room(request.length);
            HEAPU8.set(request, at);
            request.fill(0);
            EntenteWorker.answer();
        },

        answer: function () {
            var size = _entente_worker_run();
            var from = _entente_worker_answer();
            var answer = HEAPU8.slice(from, from + size);
            HEAPU8.fill(0, from, from + size);
            self.postMessage(answer.buffer, [answer.buffer]);
            // Each part is a task of its own, so that its answer has gone before the next begins.
            if (_entente_worker_more()) setTimeout(EntenteWorker.answer, 0);
        },
    },
    $EntenteWorker__postset:
        'self.onmessage = function (event) {' +
        '    if (EntenteWorker.ready) EntenteWorker.run(event.data); else EntenteWorker.waiting.push(event.data);' +
        '};' +
        // The module is what the build made: it writes the hash here (scripts/site_files.py).
        'Module["instantiateWasm"] = function (imports, ready) {' +
        '    fetch("worker.wasm", {integrity: "@integrity worker.wasm@".split(/[ @]/)[3] || "", credentials: "same-origin"})' +
        '        .then(function (response) { return response.arrayBuffer(); })' +
        '        .then(function (bytes) { return WebAssembly.instantiate(bytes, imports); })' +
        '        .then(function (made) { ready(made.instance, made.module); });' +
        '    return {};' +
        '};' +
        // The module could not be loaded: an empty answer, so that nobody waits for ever.
        'self.addEventListener("unhandledrejection", function () { self.postMessage(new ArrayBuffer(0)); });',

    entente_worker_listen: function () {
        EntenteWorker.ready = true;
        EntenteWorker.waiting.forEach(EntenteWorker.run);
        EntenteWorker.waiting = [];
    },
    entente_worker_listen__deps: ['$EntenteWorker'],
});
