// Jobs in a worker that answer more than once; the worker is ended when it is told to stop.
mergeInto(LibraryManager.library, {
    $ententeLongJobs: {},

    entente_js_long_job_start__deps: ['$ententeLongJobs', 'malloc'],
    entente_js_long_job_start: function (request, size, job) {
        var bytes = HEAPU8.slice(request, request + size);
        function answer(failed, buffer) {
            if (!(job in ententeLongJobs)) return;
            var part = new Uint8Array(buffer || 0);
            var at = _malloc(part.length || 1);
            HEAPU8.set(part, at);
            _entente_web_long_job(job, failed, at, part.length);
        }
        ententeLongJobs[job] = null;
        try {
            var worker = new Worker(entente.workerAddress());
            ententeLongJobs[job] = worker;
            worker.onmessage = function (event) { answer(event.data.byteLength === 0 ? 1 : 0, event.data); };
            worker.onerror = function (event) {
                event.preventDefault();
                answer(1, null);
            };
            worker.onmessageerror = function () { answer(1, null); };
            worker.postMessage(bytes.buffer, [bytes.buffer]);
        } catch (e) {
            setTimeout(function () { answer(1, null); }, 0);
        }
    },

    entente_js_long_job_stop__deps: ['$ententeLongJobs'],
    entente_js_long_job_stop: function (job) {
        var worker = ententeLongJobs[job];
        delete ententeLongJobs[job];
        if (worker) worker.terminate();
    },
});
