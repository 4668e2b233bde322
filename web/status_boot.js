// Fetches the typeface beside the module, and says so where the page cannot start: no WebAssembly, a file that did not arrive, or
// too little memory.
(function() {
  'use strict';
  // What must come, as the build writes it here (scripts/site_files.py); this script's own hash stands in the page.
  var hashes = /*@hashes*/{}/*@end*/;
  function get(name) {
    return fetch(name, {integrity: hashes[name] || '', credentials: 'same-origin'}).then(function(answer) {
      return answer.ok ? answer : Promise.reject(answer.status);
    });
  }
  // status.js asks for its module here.
  window.Module = {
    instantiateWasm: function(imports, ready) {
      get('status.wasm').then(function(answer) {
        if (answer.headers.get('Content-Type') === 'application/wasm') return WebAssembly.instantiateStreaming(answer, imports);
        return answer.arrayBuffer().then(function(bytes) { return WebAssembly.instantiate(bytes, imports); });
      }).then(function(made) { ready(made.instance, made.module); });
      return {};
    },
  };
  // As bytes, since the page's policy allows no fonts by address. Where they do not come the system's own typeface stays.
  ['400', '600'].forEach(function(weight) {
    get('fonts/inter-' + weight + '.ttf').then(function(answer) { return answer.arrayBuffer(); }).then(function(bytes) {
      return new FontFace('Inter', bytes, {weight: weight}).load();
    }).then(function(face) {
      document.fonts.add(face);
    }).catch(function() {});
  });

  function paragraph(text, language) {
    var element = document.createElement('p');
    element.textContent = text;
    element.lang = language;
    return element;
  }
  function complain() {
    var page = document.getElementById('page');
    if (window.performance.getEntriesByName('entente-shown').length > 0) return;
    var main = document.createElement('main');
    main.className = 'plain';
    var heading = document.createElement('h1');
    heading.textContent = 'Status';
    main.append(heading,
        paragraph('This page could not start. Reload it; if that does not help, open the link in a newer browser.', 'en'),
        paragraph('Ni allai’r dudalen hon gychwyn. Ail-lwythwch hi; os nad yw hynny’n helpu, agorwch y ddolen mewn porwr ' +
            'mwy diweddar.', 'cy'));
    page.replaceChildren(main);
  }
  window.addEventListener('error', complain, true);  // also for files that do not load
  window.addEventListener('unhandledrejection', complain);
  if (typeof WebAssembly !== 'object') complain();
})();
