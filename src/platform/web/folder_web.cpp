#include "platform/web/folder_web.hpp"

#include <utility>

#include "platform/web/js.hpp"

extern "C" {
void entente_folder_look(int ticket);
void entente_folder_choose(int ticket);
void entente_folder_allow(int ticket);
void entente_folder_forget(int ticket);
void entente_folder_read(const char* name, double most, int ticket);
void entente_folder_write(const char* name, const std::uint8_t* bytes, int size, int ticket);
}

namespace entente::platform {
namespace {

tl::unexpected<Error> refused(Answer answer, std::string why) {
    if (answer == Answer::Cancelled) return fail(ErrorCode::Cancelled, msg("The browser may not write to this folder."), std::move(why));
    return fail(ErrorCode::Storage, msg("The folder for backups cannot be written to."), std::move(why),
                msg("See whether it still exists and has room, or choose another one."));
}

int expect_standing(Callback<Folder::Standing> done) {
    return expect_answer([done = std::move(done)](Answer answer, Bytes bytes, std::string text) {
        if (answer != Answer::Ok || bytes.size() != 1 || bytes[0] > 3) return done(refused(answer, std::move(text)));
        done(Folder::Standing{static_cast<Folder::State>(bytes[0]), std::move(text)});
    });
}

}  // namespace

void WebFolder::look(Callback<Standing> done) { entente_folder_look(expect_standing(std::move(done))); }
void WebFolder::choose(Callback<Standing> done) { entente_folder_choose(expect_standing(std::move(done))); }
void WebFolder::allow(Callback<Standing> done) { entente_folder_allow(expect_standing(std::move(done))); }
void WebFolder::forget(Callback<Standing> done) { entente_folder_forget(expect_standing(std::move(done))); }

void WebFolder::read(std::string name, std::uint64_t max_bytes, Callback<Bytes> done) {
    const int ticket = expect_answer([done = std::move(done)](Answer answer, Bytes bytes, std::string text) {
        if (answer == Answer::TooLarge) return done(fail(ErrorCode::TooLarge, msg("The file is too large."), std::move(text)));
        if (answer != Answer::Ok) return done(fail(ErrorCode::Storage, msg("The folder for backups cannot be read."), std::move(text)));
        done(std::move(bytes));
    });
    entente_folder_read(name.c_str(), static_cast<double>(max_bytes), ticket);
}

void WebFolder::write(std::string name, Bytes bytes, Callback<Bytes> read_back) {
    const int ticket = expect_answer([done = std::move(read_back)](Answer answer, Bytes read, std::string text) {
        if (answer != Answer::Ok) return done(refused(answer, std::move(text)));
        done(std::move(read));
    });
    entente_folder_write(name.c_str(), bytes.data(), static_cast<int>(bytes.size()), ticket);
}

}  // namespace entente::platform
