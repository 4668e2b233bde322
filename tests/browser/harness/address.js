// What boot.js gives the program: where the worker of the second store is.
'use strict';
window.entente = (function () {
    const policy = window.trustedTypes.createPolicy('entente', { createScriptURL: function (address) { return address; } });
    return { storeAddress: function () { return policy.createScriptURL('store_opfs.js'); } };
}());
