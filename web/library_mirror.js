// The page's side of src/platform/web/mirror.cpp: makes and changes the elements that lie over the canvas, and tells C++ what a
// person or a screen reader did with them. Which attributes an element has is decided in element.cpp.

var LibraryEntenteMirror = {
    $ententeMirror__deps: ['$stringToNewUTF8'],
    $ententeMirror: {
        // As Tag in element.hpp: the element's name, and the type of an <input>.
        tags: ['button', 'a', 'input checkbox', 'input radio', 'input text', 'textarea', 'input search', 'input password', 'select',
               'option', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'nav', 'main', 'section', 'div'],
        // As Attribute in element.hpp; the last ones are not attributes of the element.
        attributes: ['role', 'aria-label', 'aria-description', 'aria-disabled', 'aria-invalid', 'aria-current', 'aria-modal',
                     'aria-checked', 'aria-selected', 'aria-expanded', 'aria-pressed', 'aria-level', 'aria-rowindex', 'aria-rowcount',
                     'aria-colindex', 'tabindex', 'placeholder', 'aria-keyshortcuts', 'aria-valuenow', 'aria-valuetext',
                     'aria-haspopup', 'aria-controls', 'href', 'font', 'color', 'value', 'content'],
        // As MirrorEventKind in semantics.hpp.
        Click: 0, Focus: 1, Blur: 2, Input: 3, Commit: 4, Cancel: 5, Scroll: 6,

        root: null,
        nodes: null,           // id -> element
        parked: null,          // slot -> element
        quiet: false,          // what happens now is our own doing
        modal: null,
        opener: null,

        post: function (kind, id, text) {
            _entente_web_mirror_event(kind, id, text === undefined ? 0 : stringToNewUTF8(text));
        },

        isField: function (element) {
            return element.isField === true;
        },

        start: function () {
            var self = ententeMirror;
            self.nodes = new Map();
            self.parked = new Map();
            self.root = document.getElementById('mirror');
            self.root.addEventListener('click', self.onClick);
            self.root.addEventListener('keydown', self.onKeyDown);
            self.root.addEventListener('focusin', self.onFocusIn);
            self.root.addEventListener('focusout', self.onFocusOut);
            self.root.addEventListener('input', self.onInput);
            self.root.addEventListener('change', self.onChange);
            self.root.addEventListener('scroll', self.onScroll);
            // A press that a reader makes up has no place on the canvas, nor has one on an element that is only scrolled to, away
            // from its picture, until the next frame: their click is what counts.
            ['mousedown', 'mouseup'].forEach(function (type) {
                self.root.addEventListener(type, function (event) {
                    if (type === 'mousedown') self.astray = event.detail === 0 || self.root.scrollTop !== 0;
                    if (self.astray) event.stopPropagation();
                });
            });
            // A finger in a field is the browser's: caret, selection, keyboard.
            ['touchstart', 'touchmove', 'touchend'].forEach(function (type) {
                self.root.addEventListener(type, function (event) {
                    if (self.isField(event.target) || event.target.nodeName === 'SELECT') event.stopPropagation();
                }, { passive: true });
            });
            var stage = document.getElementById('stage');
            stage.addEventListener('contextmenu', function (event) {
                if (!self.isField(event.target)) event.preventDefault();
            });
            stage.addEventListener('dragstart', function (event) { event.preventDefault(); });
        },

        // The mirrored element an event belongs to.
        owner: function (target) {
            while (target && target !== ententeMirror.root && !target.mirrorId) target = target.parentNode;
            return target && target.mirrorId ? target : null;
        },

        press: function (element) {
            if (element.getAttribute('aria-disabled') !== 'true') ententeMirror.post(ententeMirror.Click, element.mirrorId);
        },

        onClick: function (event) {
            var self = ententeMirror, element = self.owner(event.target);
            if (!element || self.isField(element)) return;
            // With Ctrl or Shift a link is the browser's: a new tab, a new window.
            if (element.nodeName === 'A' && !event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault();
            if (element.type === 'checkbox' || element.type === 'radio') _entente_web_mirror_recheck(element.mirrorId);
            // A click with detail 0 has no pointer: keyboard, screen reader, script. The others arrive as pointer input.
            if ((event.detail === 0 || self.astray) && element.nodeName !== 'SELECT') self.press(element);
        },

        onKeyDown: function (event) {
            var self = ententeMirror, element = self.owner(event.target);
            if (!element) return;
            if (self.isField(element)) return self.onFieldKey(event, element);
            var plain = !event.ctrlKey && !event.metaKey && !event.altKey;
            if (plain && (event.key === 'Enter' || event.key === ' ')) {
                event.stopPropagation();
                var native = /^(BUTTON|SELECT|INPUT)$/.test(element.nodeName) && !(element.nodeName === 'INPUT' && event.key === 'Enter');
                if (native || (element.nodeName === 'A' && event.key === 'Enter')) return;
                event.preventDefault();
                if (!event.repeat) self.press(element);
            } else if (plain && element.nodeName === 'SELECT' && /^(Arrow|Home|End|Page|.$)/.test(event.key)) {
                event.stopPropagation();
            } else if (plain) {
                self.moveInside(event, element);
            }
        },

        // Arrow keys inside tab lists, menus and list boxes move the focus.
        moveInside: function (event, element) {
            var self = ententeMirror, role = element.getAttribute('role');
            var forward = 'ArrowDown', back = 'ArrowUp';
            if (role === 'tab') {
                forward = 'ArrowRight';
                back = 'ArrowLeft';
            } else if (role !== 'option' && role !== 'menuitem' && role !== 'menuitemcheckbox') {
                return;
            }
            var all = Array.prototype.filter.call(element.parentNode.children, function (sibling) {
                return sibling.hasAttribute('tabindex') && sibling.getAttribute('aria-disabled') !== 'true';
            });
            var at = all.indexOf(element), next;
            if (event.key === forward) next = all[(at + 1) % all.length];
            else if (event.key === back) next = all[(at + all.length - 1) % all.length];
            else if (event.key === 'Home') next = all[0];
            else if (event.key === 'End') next = all[all.length - 1];
            if (!next) return;
            event.preventDefault();
            event.stopPropagation();
            next.focus({ preventScroll: true });
        },

        // What is typed belongs to the field; the program gets its shortcuts, function keys, and Escape where there is nothing
        // to take back.
        onFieldKey: function (event, field) {
            var self = ententeMirror;
            if (event.isComposing || event.keyCode === 229) {
                event.stopPropagation();
                return;
            }
            var command = event.ctrlKey || event.metaKey;
            if (event.key === 'Enter' && !event.altKey && (field.nodeName !== 'TEXTAREA' || command)) {
                event.preventDefault();
                event.stopPropagation();
                self.commit(field);
            } else if (event.key === 'Escape') {
                if (self.isDirty(field)) {
                    event.stopPropagation();
                    event.preventDefault();
                    field.value = field.base;
                }
                self.post(self.Cancel, field.mirrorId);
            } else if (event.key === 'Tab' || /^F\d+$/.test(event.key) || (event.altKey && !event.ctrlKey && /^Digit/.test(event.code))) {
                return;
            } else if (!command || /^(a|c|v|x|z|y|arrow.*|backspace|delete|home|end)$/i.test(event.key)) {
                event.stopPropagation();
            }
        },

        isDirty: function (field) {
            return field.value !== field.base;
        },

        commit: function (field) {
            field.base = field.value;
            field.said.clear();
            ententeMirror.post(ententeMirror.Commit, field.mirrorId, field.value);
        },

        onInput: function (event) {
            var self = ententeMirror, element = event.target;
            if (!self.isField(element)) return;
            if (element.said.size > 200) element.said.clear();
            element.said.add(element.value);
            self.post(self.Input, element.mirrorId, element.value);
        },

        onChange: function (event) {
            var self = ententeMirror, element = event.target;
            if (element.nodeName !== 'SELECT') return;
            var option = element.options[element.selectedIndex];
            if (option && option.mirrorId) self.post(self.Click, option.mirrorId);
            _entente_web_mirror_recheck(element.mirrorId);
        },

        onFocusIn: function (event) {
            var self = ententeMirror, element = self.owner(event.target);
            if (!element) return;
            if (self.isField(element) && !self.quiet) {
                element.base = element.value;
                element.said.clear();
            }
            if (self.quiet) return;
            self.post(self.Focus, element.mirrorId);
            if (element.mirrorSlot >= 0) self.post(self.Scroll, element.mirrorId);
        },

        onFocusOut: function (event) {
            var self = ententeMirror, element = self.owner(event.target);
            if (!element || self.quiet) return;
            // The window lost the focus, the element has kept it.
            if (document.activeElement === element && !document.hasFocus()) return;
            if (self.isField(element) && self.isDirty(element)) self.commit(element);
            self.post(self.Blur, element.mirrorId);
        },

        // The browser has gone to the parking lot: somebody wants the element on that space.
        onScroll: function () {
            var self = ententeMirror, root = self.root;
            if (!root.scrollTop && !root.scrollLeft) return;
            var slot = Math.round((root.scrollTop + root.clientHeight / 2 - 20000) / 10000);
            var element = root.scrollTop > 0 ? self.parked.get(slot) : null;
            root.scrollTop = root.scrollLeft = 0;
            if (element) self.post(self.Scroll, element.mirrorId);
        },

        create: function (id, tag) {
            var self = ententeMirror, words = self.tags[tag].split(' ');
            if (self.nodes.has(id)) self.remove(id);
            var element = document.createElement(words[0]);
            if (words[1]) element.type = words[1];
            if (words[0] === 'button') element.type = 'button';
            if (tag >= 4 && tag <= 7) {
                element.isField = true;
                element.className = 'field';
                element.base = '';
                element.said = new Set();   // what C++ has heard since the focus came: an echo of it must not undo later typing
                element.autocomplete = 'off';
                element.spellcheck = tag === 4 || tag === 5;
            }
            element.mirrorId = id;
            element.id = 'm' + (id >>> 0);   // aria-controls names it
            element.mirrorSlot = -1;
            self.nodes.set(id, element);
        },

        remove: function (id) {
            var self = ententeMirror, element = self.nodes.get(id);
            if (!element) return;
            if (element === document.activeElement) self.lost = self.lost || self.neighbour(element);
            if (self.parked.get(element.mirrorSlot) === element) self.parked.delete(element.mirrorSlot);
            element.remove();
            element.mirrorId = 0;
            self.nodes.delete(id);
        },

        // Where the focus goes when its element disappears: the next one in Tab order, else the one before.
        neighbour: function (element) {
            var all = Array.prototype.slice.call(ententeMirror.root.querySelectorAll('[tabindex="0"]'));
            var at = all.indexOf(element);
            return { after: all.slice(at + 1), before: all.slice(0, Math.max(at, 0)).reverse() };
        },

        set: function (element, which, value) {
            var name = ententeMirror.attributes[which];
            if (name === 'value') return ententeMirror.setValue(element, value || '');
            if (name === 'content') return ententeMirror.setContent(element, value || '');
            if (name === 'font') {
                element.style.fontSize = value + 'px';
            } else if (name === 'color') {
                element.style.color = value;
            } else if (name === 'aria-checked' && element.nodeName === 'INPUT') {
                element.checked = value === 'true';
            } else if (name === 'aria-selected' && element.nodeName === 'OPTION') {
                element.selected = value === 'true';
            } else if (name === 'aria-disabled' && (element.isField || element.nodeName === 'INPUT' || element.nodeName === 'SELECT')) {
                element.disabled = value === 'true';
            } else if (name === 'aria-label' && element.nodeName === 'OPTION') {
                element.textContent = value;
            } else if (value === null) {
                element.removeAttribute(name);
            } else {
                element.setAttribute(name, value);
                if (name === 'aria-modal') ententeMirror.modalChanged = true;
            }
        },

        // A person's typing wins over what C++ has heard of it so far.
        setValue: function (field, value) {
            if (field.value === value) {
                if (document.activeElement !== field) field.base = value;
                return;
            }
            if (document.activeElement === field && ententeMirror.isDirty(field) && (field.said.has(value) || value === field.base)) return;
            field.value = value;
            field.base = value;
        },

        setContent: function (element, text) {
            var first = element.firstChild;
            // Read, not seen: the canvas has drawn it. Without this the browser would draw the same words in no colour.
            element.classList.toggle('read', !!text);
            if (first && first.nodeType === 3) first.data = text;
            else if (text) element.insertBefore(document.createTextNode(text), first);
        },

        setChildren: function (parent, ids) {
            var at = parent.firstElementChild;
            ids.forEach(function (id) {
                var child = ententeMirror.nodes.get(id);
                if (!child) return;
                if (child === at) {
                    at = at.nextElementSibling;
                } else {
                    parent.insertBefore(child, at);
                }
            });
        },

        setBox: function (element, x, y, width, height, slot) {
            var style = element.style, known = element.mirrorBox || (element.mirrorBox = {});
            // Only what is another: a row that is scrolled has a new top alone, and each value set is an object made and dropped.
            if (known.x !== x) style.left = (known.x = x) + 'px';
            if (known.y !== y) style.top = (known.y = y) + 'px';
            if (known.width !== width) style.width = (known.width = width) + 'px';
            if (known.height !== height) style.height = (known.height = height) + 'px';
            if (slot === element.mirrorSlot) return;
            if (ententeMirror.parked.get(element.mirrorSlot) === element) ententeMirror.parked.delete(element.mirrorSlot);
            element.mirrorSlot = slot;
            if (slot >= 0) ententeMirror.parked.set(slot, element);
            element.classList.toggle('parked', slot >= 0);
        },

        // Everything outside an open dialog rests; the focus goes in, and back to where it was.
        syncModal: function () {
            var self = ententeMirror, root = self.root;
            var open = root.querySelectorAll('[aria-modal="true"]');
            var modal = open.length ? open[open.length - 1] : null;
            if (modal === self.modal) return;
            Array.prototype.forEach.call(root.querySelectorAll('[inert]'), function (element) { element.inert = false; });
            for (var inside = modal; inside && inside !== root; inside = inside.parentNode) {
                Array.prototype.forEach.call(inside.parentNode.children, function (sibling) {
                    if (sibling !== inside) sibling.inert = true;
                });
            }
            if (modal && !self.modal) self.opener = self.focusedBefore;
            self.modal = modal;
            if (modal && !modal.contains(document.activeElement)) {
                var first = modal.querySelector('.field:not(:disabled)') || modal.querySelector('[tabindex="0"]') || modal;
                first.focus({ preventScroll: true });
            } else if (!modal) {
                self.giveFocus(self.opener);
                self.opener = null;
            }
        },

        giveFocus: function (element) {
            if (!element || !element.isConnected || (document.activeElement && document.activeElement !== document.body)) return;
            element.focus({ preventScroll: true });
        },

        apply: function (view, bytes) {
            var self = ententeMirror;
            if (!self.root) self.start();
            var at = 0, decoder = self.decoder || (self.decoder = new TextDecoder());
            function u32() {
                at += 4;
                return view.getUint32(at - 4, true);
            }
            function number() {
                at += 4;
                return Math.round(view.getFloat32(at - 4, true) * 1000) / 1000;
            }
            var wanted = null, active = document.activeElement;
            self.focusedBefore = self.root.contains(active) ? active : null;
            self.lost = null;
            self.quiet = true;
            while (at < view.byteLength) {
                var operation = view.getUint8(at++), id = u32(), element = self.nodes.get(id);
                if (operation === 1) {
                    self.create(id, view.getUint8(at++));
                } else if (operation === 2) {
                    self.remove(id);
                } else if (operation === 3) {
                    var ids = [];
                    for (var count = u32(); count > 0; --count) ids.push(u32());
                    self.setChildren(id ? element : self.root, ids);
                } else if (operation === 4) {
                    var which = view.getUint8(at++), size = u32();
                    self.set(element, which, decoder.decode(bytes.subarray(at, at + size)));
                    at += size;
                } else if (operation === 5) {
                    self.set(element, view.getUint8(at++), null);
                } else if (operation === 6) {
                    self.setBox(element, number(), number(), number(), number(), u32() | 0);
                } else if (operation === 7) {
                    var inset = [number(), number(), number(), number()];
                    element.style.clipPath = inset.some(Boolean) ? 'inset(' + inset.join('px ') + 'px)' : '';
                } else {
                    wanted = element;
                }
            }
            self.settleFocus(active);
            self.quiet = false;
            self.syncModal();
            if (wanted && wanted.isConnected && wanted !== document.activeElement) {
                wanted.focus({ preventScroll: true });
                if (self.isField(wanted)) wanted.select();
            }
        },

        // An element that was moved gets the focus back; after one that was removed its neighbour takes it.
        settleFocus: function (before) {
            var self = ententeMirror;
            if (!self.focusedBefore || document.activeElement === before) return;
            if (before.isConnected && before.mirrorId) {
                before.focus({ preventScroll: true });
                return;
            }
            self.quiet = false;
            var lost = self.lost || { after: [], before: [] };
            var heir = lost.after.concat(lost.before).filter(function (element) {
                return element.isConnected && element.mirrorId && element.mirrorSlot < 0;
            })[0];
            if (heir && !self.root.querySelector('[aria-modal="true"]') && !self.modal) heir.focus({ preventScroll: true });
        },
    },

    entente_js_mirror_apply__deps: ['$ententeMirror'],
    entente_js_mirror_apply: function (operations, size) {
        // A copy: a call back into C++ may move the memory.
        var bytes = HEAPU8.slice(operations, operations + size);
        ententeMirror.apply(new DataView(bytes.buffer), bytes);
    },

    entente_js_mirror_announce: function (text, assertive) {
        var region = document.getElementById(assertive ? 'live-assertive' : 'live-polite');
        var words = UTF8ToString(text);
        // The same sentence again must be a change too.
        region.textContent = words && region.textContent === words ? words + '\u00a0' : words;
    },
};

mergeInto(LibraryManager.library, LibraryEntenteMirror);
