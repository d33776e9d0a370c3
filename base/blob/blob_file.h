// The system calls of the blob store, with failures as BlobError. Internal to base/blob.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/blob/blob_store.h"
#include "base/fd.h"

namespace base::blobfile {

/// Throws the BlobError that errno `code` means: DiskFull for a full disk or quota, else Io.
[[noreturn]] void fail(int code, const std::string& doing, const std::filesystem::path& path);

void writeAll(const Fd& file, std::string_view bytes, const std::filesystem::path& path);
void syncFolder(const std::filesystem::path& folder);
/// Makes the folder and those above it that are missing, each synced into the one above.
void makeFolders(const std::filesystem::path& folder);
/// True when it was made by this call.
bool makeFolder(const std::filesystem::path& folder);
/// Bytes that this process may still write on the file system of `folder`.
[[nodiscard]] std::uint64_t freeBytes(const std::filesystem::path& folder);
/// Makes an empty locked file with a name of its own in `folder`; the lock tells other processes
/// that its writer lives.
[[nodiscard]] Fd makeTemporary(const std::filesystem::path& folder, std::filesystem::path& path);
/// Removes files that are older than `age` and whose writer holds no lock. Ages are measured
/// against the file system's own time, not this machine's clock.
void removeAbandoned(const std::filesystem::path& folder, std::int64_t ageSeconds);

}  // namespace base::blobfile
