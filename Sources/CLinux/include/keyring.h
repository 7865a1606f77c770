// The kernel's key retention service (keyrings(7)). Its calls have no wrapper in glibc, and syscall(2) is
// variadic, which Swift cannot import.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Finds a key of type "user" by its description, in the session keyring and what that links to. Gives its
/// serial number, or -1 with `errno`: `ENOKEY` when there is none, `ENOSYS` or `EPERM` when the kernel keeps
/// no keys.
int32_t clinux_key_find(const char *description);

/// Adds or replaces a key of type "user" in the session keyring; it is forgotten after `seconds`. Gives its
/// serial number, or -1 with `errno`.
int32_t clinux_key_add(
    const char *description, const void *payload, size_t byte_count, unsigned int seconds);

/// Reads a key's payload. Gives its whole size, which may exceed `byte_count`, or -1 with `errno`.
long clinux_key_read(int32_t key, void *payload, size_t byte_count);

/// Lets a key be forgotten after `seconds` from now. Gives 0, or -1 with `errno`.
int clinux_key_renew(int32_t key, unsigned int seconds);

/// Makes the kernel forget a key. Gives 0, or -1 with `errno`.
int clinux_key_forget(int32_t key);
