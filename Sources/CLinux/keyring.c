#define _GNU_SOURCE
#include "keyring.h"
#include <errno.h>
#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// The login's session keyring. Where the login made none, the kernel would make one that ends with this
// process; the user's own, which such processes share, is taken instead.
static int32_t session_keyring(void) {
  long keyring = syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0);
  return keyring < 0 ? KEY_SPEC_SESSION_KEYRING : (int32_t)keyring;
}

int32_t clinux_key_find(const char *description) {
  return (int32_t)syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING, "user", description, 0);
}

int32_t clinux_key_add(
    const char *description, const void *payload, size_t byte_count, unsigned int seconds) {
  int32_t key =
      (int32_t)syscall(SYS_add_key, "user", description, payload, byte_count, session_keyring());
  if (key < 0) return -1;
  if (syscall(SYS_keyctl, KEYCTL_SET_TIMEOUT, key, seconds) == 0) return key;
  int error = errno;
  clinux_key_forget(key);
  errno = error;
  return -1;
}

long clinux_key_read(int32_t key, void *payload, size_t byte_count) {
  return syscall(SYS_keyctl, KEYCTL_READ, key, payload, byte_count);
}

int clinux_key_renew(int32_t key, unsigned int seconds) {
  return (int)syscall(SYS_keyctl, KEYCTL_SET_TIMEOUT, key, seconds);
}

int clinux_key_forget(int32_t key) { return (int)syscall(SYS_keyctl, KEYCTL_REVOKE, key); }
