// The service worker: it is registered here, a new version of it is offered, and where it could not keep a version a person hears why.
// Nobody is stopped by that: the page works as long as there is a connection.
'use strict';

(function () {
    const entente = window.entente;
    const {tr, make} = entente.forms;
    // Above everything what was refused, so that it is seen on a phone too; below what can wait.
    const above = make('div', {className: 'news', role: 'status'}), below = make('div', {className: 'news', role: 'status'});
    let offered = null;  // a version that waits
    let refused = null;  // {problem, file}: why the last one was not kept
    document.querySelector('.first-page').before(above);
    document.getElementById('choices').after(below);

    function reason() {
        const another = Boolean(navigator.serviceWorker.controller);
        if (refused.problem === 'older') {
            return tr("This address offers an older version of the program. The newer one in this browser stays in use.");
        }
        if (refused.problem === 'altered') {
            const what = tr("This address sends a file that is not as it was made: {0}.", refused.file);
            return what + ' ' + (another ? tr("That version was not put into this browser; the one before it stays in use.") :
                tr("Better not to enter a passphrase here before whoever keeps this site has put it right."));
        }
        if (refused.problem === 'room') return tr("This browser has no room to keep the program for use without a network.");
        return another ? tr("A new version did not arrive whole. It is tried again at the next visit.") :
            tr("Not everything arrived for use without a network. It is tried again at the next visit.");
    }

    function draw() {
        const notice = refused && make('p', {className: 'warning', id: 'refused'},
            make('span', {className: 'sign', 'aria-hidden': 'true', textContent: '▲'}), make('span', {textContent: reason()}));
        const update = offered && make('button', {
            type: 'button', id: 'update', className: 'link', textContent: tr("A new version is ready: reload"),
            onclick: function () {
                navigator.serviceWorker.addEventListener('controllerchange', function () { location.reload(); });
                offered.postMessage('take over');
            },
        });
        above.replaceChildren(...[notice].filter(Boolean));
        below.replaceChildren(...[update].filter(Boolean));
    }

    // A new version waits until nobody works in the old one; here it can be taken at once.
    function offer(registration) {
        if (!registration.waiting) return;
        offered = registration.waiting;
        draw();
    }

    function register() {
        navigator.serviceWorker.register(entente.serviceWorkerAddress()).then(function (registration) {
            if (!registration) return;   // switched off by the browser
            offer(registration);
            registration.addEventListener('updatefound', function () {
                const fresh = registration.installing;
                fresh.addEventListener('statechange', function () {
                    if (fresh.state !== 'installed' || !navigator.serviceWorker.controller) return;
                    refused = null;
                    offer(registration);
                });
            });
        }, function () {
            // Without it the program needs the network to load; everything else is the same.
        });
    }

    if (!navigator.serviceWorker || location.protocol === 'file:') return;
    navigator.serviceWorker.addEventListener('message', function (event) {
        if (!event.data || !event.data.problem) return;
        refused = event.data;
        draw();
    });
    document.addEventListener('entente-language', draw);
    window.addEventListener('load', register);
}());
