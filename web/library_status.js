// The JavaScript of the status page (linked into status.js with --js-library; src/platform/web/status_dom.hpp is its other
// side). It builds elements with createElement and textContent, and asks no server for anything.
mergeInto(LibraryManager.library, {
  // What a page is being built with. Only these tags and attributes exist here, whatever C++ asks for.
  $EntenteStatus: {
    tags: ['header', 'main', 'footer', 'section', 'h1', 'h2', 'h3', 'p', 'span', 'strong', 'ul', 'li', 'dl', 'dt', 'dd',
      'table', 'thead', 'tbody', 'tr', 'th', 'td', 'progress', 'blockquote', 'button', 'form', 'label', 'input'],
    attributes: ['id', 'lang', 'role', 'scope', 'for', 'type', 'autocomplete', 'autocapitalize', 'spellcheck', 'disabled',
      'tabindex', 'max', 'value', 'aria-label', 'aria-labelledby', 'aria-describedby', 'aria-hidden', 'aria-invalid'],
    fresh: null,
    stack: [],

    text: function(pointer, size) { return UTF8ToString(pointer, size); },
    give: function(text) {
      if (text === null || text === undefined) return 0;
      var size = lengthBytesUTF8(text) + 1;
      var pointer = _entente_status_room(size);
      stringToUTF8(text, pointer, size);
      return pointer;
    },
    top: function() { return EntenteStatus.stack[EntenteStatus.stack.length - 1]; },
  },

  entente_status_listen__deps: ['$EntenteStatus'],
  entente_status_listen: function() {
    window.addEventListener('hashchange', function() { _entente_status_opened(); });
  },

  entente_status_fragment__deps: ['$EntenteStatus'],
  entente_status_fragment: function() { return EntenteStatus.give(window.location.hash); },

  entente_status_today: function() {
    var now = new Date();
    return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86400000);
  },

  entente_status_prefers_welsh: function() { return /^cy\b/i.test(navigator.language || '') ? 1 : 0; },

  entente_status_begin__deps: ['$EntenteStatus'],
  entente_status_begin: function() {
    EntenteStatus.fresh = document.createDocumentFragment();
    EntenteStatus.stack = [EntenteStatus.fresh];
  },

  entente_status_open__deps: ['$EntenteStatus'],
  entente_status_open: function(tag, tagSize, style, styleSize, text, textSize) {
    var name = EntenteStatus.text(tag, tagSize);
    if (!EntenteStatus.tags.includes(name)) throw new Error('no such element on this page: ' + name);
    var element = document.createElement(name);
    if (styleSize) element.className = EntenteStatus.text(style, styleSize);
    if (textSize) element.textContent = EntenteStatus.text(text, textSize);
    if (name === 'form') {
      element.addEventListener('submit', function(event) {
        event.preventDefault();
        _entente_status_submitted();
      });
    }
    EntenteStatus.top().appendChild(element);
    EntenteStatus.stack.push(element);
  },

  entente_status_attribute__deps: ['$EntenteStatus'],
  entente_status_attribute: function(name, nameSize, value, valueSize) {
    var key = EntenteStatus.text(name, nameSize);
    if (!EntenteStatus.attributes.includes(key)) throw new Error('no such attribute on this page: ' + key);
    EntenteStatus.top().setAttribute(key, EntenteStatus.text(value, valueSize));
  },

  entente_status_press__deps: ['$EntenteStatus'],
  entente_status_press: function(action) {
    EntenteStatus.top().addEventListener('click', function() { _entente_status_pressed(action); });
  },

  entente_status_close__deps: ['$EntenteStatus'],
  entente_status_close: function() { EntenteStatus.stack.pop(); },

  entente_status_end__deps: ['$EntenteStatus'],
  entente_status_end: function(title, titleSize, language, languageSize, focus, focusSize) {
    document.title = EntenteStatus.text(title, titleSize);
    document.documentElement.lang = EntenteStatus.text(language, languageSize);
    document.getElementById('page').replaceChildren(EntenteStatus.fresh);
    EntenteStatus.fresh = null;
    var target = focusSize ? document.getElementById(EntenteStatus.text(focus, focusSize)) : null;
    if (target) target.focus();
    window.performance.mark('entente-shown');
  },

  entente_status_value__deps: ['$EntenteStatus'],
  entente_status_value: function(id, size) {
    var input = document.getElementById(EntenteStatus.text(id, size));
    return EntenteStatus.give(input ? input.value.normalize('NFC') : '');
  },

  entente_status_print: function() { window.print(); },

  // Two frames: the first draws what was put on the page, the second begins after it is on the screen.
  entente_status_after_paint: function() {
    window.requestAnimationFrame(function() {
      window.requestAnimationFrame(function() { _entente_status_painted(); });
    });
  },

  entente_status_stored__deps: ['$EntenteStatus'],
  entente_status_stored: function(key, size) {
    try {
      return EntenteStatus.give(window.localStorage.getItem(EntenteStatus.text(key, size)));
    } catch (error) {
      return 0;  // storage is switched off
    }
  },

  entente_status_store__deps: ['$EntenteStatus'],
  entente_status_store: function(key, keySize, value, valueSize) {
    try {
      window.localStorage.setItem(EntenteStatus.text(key, keySize), EntenteStatus.text(value, valueSize));
    } catch (error) {
      // Switched off or full: this reader is not remembered, and is shown everything all the same.
    }
  },
});
