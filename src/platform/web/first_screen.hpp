// FirstScreen: the program's side of the HTML forms that stand on the page before a workspace is open (web/first.js).
//
// The forms work before the program has loaded; what a person submits meanwhile waits and is delivered by connect().
// Passphrases arrive in NFC, as UTF-8; the receiver wipes its copy. Texts given here are shown as they are, in the person's
// language. Every submit must be answered with show_error, show_unlock, show_new or hide: until then the form is busy.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace entente::platform {

struct FirstScreenActions {
    std::function<void(std::string passphrase)> unlock;
    std::function<void(std::string house, std::string passphrase)> create;
    std::function<void()> sample;                              // in memory only, no passphrase
    // What the forms about keys and copies ask for: the numbers are those of app::FormAction (web/library_web.js names them).
    std::function<void(int action, std::string first, std::string second)> form;
    // The person changed it on the first screen: "en" or "cy"; "system", "dark" or "light". Already stored as a preference.
    std::function<void(std::string code)> language_changed;
    std::function<void(std::string choice)> theme_changed;
};

class FirstScreen {
public:
    // The page's forms call these from now on. Delivers what was submitted while the program was loading, if anything.
    void connect(FirstScreenActions actions);

    // Shows the form for an existing workspace or for a new one and takes away any busy line. The focus goes to the first
    // field. A half-typed form of the same kind is kept.
    void show_unlock(std::string_view workspace_name = {});    // name: where it is known before unlocking
    void show_new();
    void hide();
    void show_form(std::string_view name, std::string_view text, std::string_view more);  // web/keys.js

    void show_busy(std::string_view text);                     // "Opening the workspace"
    // Under the form, as an alert; the passphrase field is selected, nothing that was typed is lost.
    void show_error(std::string_view text, std::string_view remedy = {});
    // The whole screen becomes this message, with a button to try again (reloads the page).
    void show_fatal(std::string_view text, std::string_view remedy = {});
};

}  // namespace entente::platform
