// WebFolder: the Folder port over File System Access (web/library_folder.js).
#pragma once

#include "platform/ports.hpp"

namespace entente::platform {

class WebFolder final : public Folder {
public:
    void look(Callback<Standing> done) override;
    void choose(Callback<Standing> done) override;
    void allow(Callback<Standing> done) override;
    void forget(Callback<Standing> done) override;
    void write(std::string name, Bytes bytes, Callback<Bytes> read_back) override;
    void read(std::string name, std::uint64_t max_bytes, Callback<Bytes> done) override;
};

}  // namespace entente::platform
