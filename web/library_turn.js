// Whose turn it is to write, of the tabs of one browser (Web Locks), and what they tell each other (BroadcastChannel), for
// src/platform/web/turn_web.cpp. A name and a number go through the channel, nothing of the workspace.
mergeInto(LibraryManager.library, {
    $EntenteTurn: {
        give: null,     // lets the lock go
        client: null,   // how the browser calls this tab, as the one that has the lock; null: it has not said
        channel: null,
        tell: function (notice, sequence) {
            if (EntenteTurn.channel) EntenteTurn.channel.postMessage([notice, sequence]);
        },
        // Nothing waits for an answer that does not come: it fails with null then.
        holder: function () {
            var late = new Promise(function (done, fail) { setTimeout(fail, 2000, null); });
            return Promise.race([navigator.locks.query(), late]).then(function (now) {
                var held = now.held.find(function (lock) { return lock.name === 'entente'; });
                return held ? held.clientId : null;
            });
        },
    },

    entente_turn_listen__deps: ['$EntenteTurn'],
    entente_turn_listen: function () {
        if (!self.BroadcastChannel) return;
        EntenteTurn.channel = new BroadcastChannel('entente');
        EntenteTurn.channel.onmessage = function (event) {
            if (event.data[0] !== 1 || EntenteTurn.give) _entente_turn_heard(event.data[0], event.data[1]);
        };
    },

    // Answers 1: it is ours. Without locks it always is: the stores themselves refuse a second writer.
    entente_turn_take__deps: ['$EntenteTurn'],
    entente_turn_take: function (insist, ticket) {
        var answer = function (have) {
            if (ticket) _entente_turn_taken(ticket, have);
            ticket = 0;
        };
        var ours = null, abort = new AbortController();
        var got = function (lock) {
            if (!lock) return answer(0);
            return new Promise(function (give) {
                ours = EntenteTurn.give = function () {
                    EntenteTurn.give = null;
                    give();
                };
                EntenteTurn.client = null;
                EntenteTurn.holder().then(function (client) { EntenteTurn.client = client; }, function () {}).then(function () {
                    answer(1);
                });
            });
        };
        var request = function (options) {
            return navigator.locks.request('entente', options, got).catch(function (error) {
                if (ours && EntenteTurn.give === ours) {  // taken from us
                    EntenteTurn.give = null;
                    _entente_turn_heard(2, 0);
                } else if (!ours && insist && !options.steal) {
                    request({ steal: true });
                } else {
                    answer(0);
                }
            });
        };
        if (!navigator.locks || EntenteTurn.give) return void setTimeout(answer, 0, 1);
        if (!insist) return void request({ ifAvailable: true });
        EntenteTurn.tell(1, 0);
        setTimeout(function () { abort.abort(); }, 2000);
        request({ signal: abort.signal });
    },

    entente_turn_give__deps: ['$EntenteTurn'],
    entente_turn_give: function () {
        if (EntenteTurn.give) EntenteTurn.give();
    },

    // The lock as the browser has it now: that it was taken may not have been told here yet. A tab that slept is late before it is
    // answered, so it asks twice. Answers 2 where the browser does not.
    entente_turn_confirm__deps: ['$EntenteTurn'],
    entente_turn_confirm: function (ticket) {
        var answer = function (have) { _entente_turn_taken(ticket, have === 1 && !EntenteTurn.give ? 0 : have); };
        var ask = function (again) {
            EntenteTurn.holder().then(function (client) {
                answer(EntenteTurn.client === null || client === EntenteTurn.client ? 1 : 0);
            }, function (error) {
                if (error === null && again) return ask(false);
                answer(error === null ? 2 : 1);
            });
        };
        if (!navigator.locks) return void setTimeout(_entente_turn_taken, 0, ticket, 1);
        ask(true);
    },

    entente_turn_tell__deps: ['$EntenteTurn'],
    entente_turn_tell: function (sequence) { EntenteTurn.tell(0, sequence); },
});
