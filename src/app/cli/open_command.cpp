// Opens a backup without a browser: says what is in it, or writes all of it out in formats that any program reads.
#include <algorithm>

#include "app/cli/commands.hpp"
#include "app/cli/plan_input.hpp"
#include "app/cli/secret_input.hpp"
#include "app/cli/table.hpp"
#include "app/export/export_all.hpp"
#include "app/export/opened_backup.hpp"
#include "base/text.hpp"
#include "codec/codec.hpp"
#include "codec/plain_sink.hpp"
#include "vault/backup.hpp"

namespace entente::app {

namespace {

// Accents written as marks of their own: not what a browser makes of what is typed.
bool has_combining_marks(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]), next = static_cast<unsigned char>(text[i + 1]);
        if (lead == 0xCC || (lead == 0xCD && next < 0xB0)) return true;
    }
    return false;
}

Result<vault::Secret> find_secret(const Arguments& arguments, const World& world, const Locale& locale) {
    if (const auto path = arguments.option("recovery-key-file")) {
        if (arguments.option("passphrase-file"))
            return fail(ErrorCode::Refused, msg("Give a passphrase or a recovery key, not both."), {}, msg("See entente --help."));
        auto text = read_secret_text(world, *path);
        if (!text) return tl::unexpected<Error>(std::move(text.error()));
        auto key = vault::RecoveryKey::parse(*text);
        vault::wipe(*text);
        if (!key) return tl::unexpected<Error>(std::move(key.error()));
        return vault::Secret(std::move(*key));
    }
    auto passphrase = find_passphrase(arguments, world, locale.tr("Passphrase of this backup: "),
                                      msg("This backup needs a passphrase or a recovery key."));
    if (!passphrase) return tl::unexpected<Error>(std::move(passphrase.error()));
    return vault::Secret(std::move(*passphrase));
}

Result<vault::BackupContent> decrypt(ByteView file, vault::Secret& secret) {
    auto content = vault::open_backup(file, secret);
    if (!content && content.error().code == ErrorCode::WrongSecret) {
        const std::string* passphrase = std::get_if<std::string>(&secret);
        if (passphrase && has_combining_marks(*passphrase))
            content.error().remedy = msg("Write its accented letters as one character each (Unicode normal form C).");
    }
    vault::wipe(secret);
    return content;
}

// What is refused before anything is asked: a file that is no backup needs no passphrase.
Result<Bytes> read_backup(const std::string& path, const World& world) {
    constexpr std::string_view kSign = "ENT1";  // of every record of a workspace
    auto file = read_sized(world, path, vault::kMaxBackupBytes, msg("No backup is as large as that: choose a file that ends in .entente."));
    if (!file) return file;
    if (text_of(*file).substr(0, kSign.size()) != kSign) {
        return fail(ErrorCode::BadInput, file->empty() ? msg("The file is empty.") : msg("This file is not a backup of Entente."), path,
                    msg("Choose a file that ends in .entente."));
    }
    if (auto locked = vault::read_locked_backup(*file); !locked) return tl::unexpected<Error>(std::move(locked.error()));
    return file;
}

std::string summary(const OpenedBackup& opened, const Locale& locale) {
    const Model& model = opened.session.model();
    const vault::BackupContent& content = opened.content;
    std::string out;
    const auto line = [&](const Message& message) { out += locale.text(message) + "\n"; };
    line(msg("{0}", model.house.name));
    line(msg("Backup made {0} on device {1}.", iso(Instant{static_cast<std::int64_t>(content.made_utc_ms)}),
             codec::id_text(content.device.n)));
    line(msg("It ends with entry {0}, hash {1}.", static_cast<std::int64_t>(content.sequence), to_hex(content.journal_hash)));
    if (content.sequence > 0) line(msg("The newest entry was made {0}.", iso(Instant{opened.session.time().utc_ms})));
    if (!opened.record.empty()) line(msg("It says: {0}", opened.record.back().what));
    TextTable table({{locale.tr("Project"), false, 48},
                     {locale.tr("Client"), false, 32},
                     {locale.tr("Tasks"), true, 8},
                     {locale.tr("Links"), true, 8},
                     {locale.tr("Changes"), true, 8},
                     {locale.tr("Promises"), true, 8},
                     {locale.tr("Fee proposals"), true, 8}});
    for (const plan::Project& project : model.projects) {
        const auto count = [](const auto& items) { return std::to_string(items.size()); };
        table.row({project.name, project.client, count(project.tasks), count(project.links), count(project.changes),
                   count(project.promises), count(project.money.proposals)});
    }
    out += "\n" + (model.projects.empty() ? locale.tr("No project yet") + std::string("\n") : table.text());
    return out;
}

Result<void> write_files(const std::vector<ExportFile>& files, const std::string& folder, const World& world) {
    const auto is_empty = world.make_folder(folder);
    if (!is_empty) return tl::unexpected<Error>(is_empty.error());
    if (!*is_empty)
        return fail(ErrorCode::Conflict, msg("The folder is not empty."), folder, msg("Name a new one: nothing is written over."));
    for (const ExportFile& file : files) {
        const std::size_t slash = file.path.rfind('/');
        if (slash != std::string::npos) {
            const auto made = world.make_folder(folder + "/" + file.path.substr(0, slash));
            if (!made) return tl::unexpected<Error>(made.error());
        }
        if (auto written = world.write_file(folder + "/" + file.path, file.bytes, Writing::NewAndPrivate); !written) return written;
    }
    return {};
}

// json, md or csv; none where nothing is exported.
Result<std::optional<ExportParts>> parts_of(const Arguments& arguments) {
    const auto format = arguments.option("export");
    const auto refused = [](Message what) { return fail(ErrorCode::Refused, std::move(what), {}, msg("See entente --help.")); };
    if (!format && arguments.option("out")) return refused(msg("Say what to export: --export json, md or csv."));
    if (!format) return std::optional<ExportParts>();
    if (*format != "json" && *format != "md" && *format != "csv") return refused(msg("Say what to export: --export json, md or csv."));
    if (*format != "json" && !arguments.option("out")) return refused(msg("Say where to: --out FOLDER."));
    return std::optional(ExportParts{*format == "json", *format == "md", *format != "json"});
}

}  // namespace

Result<Outcome> run_open(const Arguments& arguments, const World& world, const Locale& locale) {
    const auto parts = parts_of(arguments);
    if (!parts) return tl::unexpected<Error>(parts.error());
    const auto file = read_backup(arguments.operand, world);
    if (!file) return tl::unexpected<Error>(file.error());
    auto secret = find_secret(arguments, world, locale);
    if (!secret) return tl::unexpected<Error>(std::move(secret.error()));
    auto content = decrypt(*file, *secret);
    if (!content) return tl::unexpected<Error>(std::move(content.error()));
    const auto opened = replay_backup(std::move(*content), locale);
    if (!opened) return tl::unexpected<Error>(opened.error());

    Outcome outcome;
    const auto parked = static_cast<std::int64_t>(opened->session.parked().size());
    if (parked > 0) {
        outcome.err = locale.text(msgn("{n} entry was not accepted; an export holds it as it is kept.",
                                       "{n} entries were not accepted; an export holds them as they are kept.", parked)) +
                      "\n";
        outcome.code = kExitProblem;
    }
    if (!*parts) {
        outcome.out = clean_utf8(summary(*opened, locale));
        return outcome;
    }
    const codec::PlainWorkspace workspace{opened->session.model(), opened->session.sequence(), opened->session.time().utc_ms, world.now,
                                          opened->record};
    const auto folder = arguments.option("out");
    if (!folder) {
        outcome.out = export_json(workspace, opened->parked);
        return outcome;
    }
    const std::vector<ExportFile> files = export_all(workspace, at_minute(world.today, 0), locale, **parts, opened->parked);
    if (auto written = write_files(files, *folder, world); !written) return tl::unexpected<Error>(std::move(written.error()));
    outcome.out = clean_utf8(locale.text(
                      msgn("{n} file is in {0}.", "{n} files are in {0}.", static_cast<std::int64_t>(files.size()), *folder))) +
                  "\n";
    return outcome;
}

}  // namespace entente::app
