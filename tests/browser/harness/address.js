// What boot.js gives the program: where the worker of the second store is.
'use strict';
window.entente = {
    storeAddress: function () {
        return window.trustedTypes.createPolicy('entente', { createScriptURL: function (address) { return address; } })
            .createScriptURL('store_opfs.js');
    },
};
