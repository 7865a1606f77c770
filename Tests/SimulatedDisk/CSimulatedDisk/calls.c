// The system's calls on simulated files, for what is not SQLite's: lock files, key files, folders.
#include "internal.h"
#include <fcntl.h>
#include <stdint.h>
#include <sys/file.h>

#define DESCRIPTORS_MAX 4096

static pthread_mutex_t table_mutex = PTHREAD_MUTEX_INITIALIZER;
static sim_handle *table[DESCRIPTORS_MAX];

static int fail(int error) {
  errno = error;
  return -1;
}

static int put_into_table(sim_handle *handle) {
  pthread_mutex_lock(&table_mutex);
  int descriptor = 0;
  while (descriptor < DESCRIPTORS_MAX && table[descriptor]) descriptor++;
  if (descriptor < DESCRIPTORS_MAX) table[descriptor] = handle;
  pthread_mutex_unlock(&table_mutex);
  return descriptor < DESCRIPTORS_MAX ? descriptor : -1;
}

// A descriptor's handle, under its disk's mutex; NULL when it is not open.
static sim_handle *lock_handle(int descriptor) {
  pthread_mutex_lock(&table_mutex);
  sim_handle *handle = descriptor >= 0 && descriptor < DESCRIPTORS_MAX ? table[descriptor] : NULL;
  pthread_mutex_unlock(&table_mutex);
  if (handle) pthread_mutex_lock(&handle->disk->mutex);
  return handle;
}

static void unlock_handle(sim_handle *handle) { pthread_mutex_unlock(&handle->disk->mutex); }

int simdisk_open(const char *path, int flags, mode_t mode) {
  const char *below;
  simdisk *disk = sim_lock_disk(path, &below);
  if (!disk) return fail(ENOENT);
  sim_handle *handle = NULL;
  int error = sim_path_open(disk, below, flags & O_CREAT, flags & O_EXCL, mode, &handle);
  if (!error && (flags & O_DIRECTORY) && !handle->node->is_folder) error = ENOTDIR;
  if (!error && handle->node->is_folder && (flags & O_ACCMODE) != O_RDONLY) error = EISDIR;
  if (!error && (flags & O_TRUNC)) error = sim_handle_truncate(handle, 0);
  int descriptor = -1;
  if (!error) {
    if (flags & O_APPEND) handle->offset = handle->node->size;
    descriptor = put_into_table(handle);
    if (descriptor < 0) error = EMFILE;
  }
  if (error && handle) sim_detach(handle);
  sim_unlock(disk);
  return error ? fail(error) : descriptor;
}

int simdisk_close(int descriptor) {
  sim_handle *handle = lock_handle(descriptor);
  if (!handle) return fail(EBADF);
  simdisk *disk = handle->disk;
  pthread_mutex_lock(&table_mutex);
  table[descriptor] = NULL;
  pthread_mutex_unlock(&table_mutex);
  disk->references++;
  sim_detach(handle);
  sim_unlock(disk);
  return 0;
}

ssize_t simdisk_read(int descriptor, void *bytes, size_t count) {
  sim_handle *handle = lock_handle(descriptor);
  if (!handle) return fail(EBADF);
  size_t done;
  int error = sim_handle_read(handle, handle->offset, bytes, count, &done);
  handle->offset += done;
  unlock_handle(handle);
  return error ? fail(error) : (ssize_t)done;
}

ssize_t simdisk_write(int descriptor, const void *bytes, size_t count) {
  sim_handle *handle = lock_handle(descriptor);
  if (!handle) return fail(EBADF);
  size_t done;
  int error = sim_handle_write(handle, handle->offset, bytes, count, &done);
  handle->offset += done;
  unlock_handle(handle);
  // Part of a write is no failure to the system: the next one fails.
  return error && done == 0 ? fail(error) : (ssize_t)done;
}

ssize_t simdisk_pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  sim_handle *handle = lock_handle(descriptor);
  if (!handle) return fail(EBADF);
  size_t done;
  int error = sim_handle_write(handle, (uint64_t)offset, bytes, count, &done);
  unlock_handle(handle);
  return error && done == 0 ? fail(error) : (ssize_t)done;
}

int simdisk_fsync(int descriptor) {
  sim_handle *handle = lock_handle(descriptor);
  if (!handle) return fail(EBADF);
  int error = sim_handle_sync(handle);
  unlock_handle(handle);
  return error ? fail(error) : 0;
}

int simdisk_ftruncate(int descriptor, off_t size) {
  sim_handle *handle = lock_handle(descriptor);
  if (!handle) return fail(EBADF);
  int error = sim_handle_truncate(handle, (size_t)size);
  // Files that are cut are open for appending: what is written next stands at the end.
  if (!error && handle->offset > (uint64_t)size) handle->offset = (uint64_t)size;
  unlock_handle(handle);
  return error ? fail(error) : 0;
}

int simdisk_flock(int descriptor, int operation) {
  sim_handle *handle = lock_handle(descriptor);
  if (!handle) return fail(EBADF);
  int error = handle->is_dead ? EIO : 0;
  int wanted = operation & (LOCK_SH | LOCK_EX);
  for (sim_handle *other = handle->node->handles; wanted && !error && other; other = other->next_on_node) {
    if (other == handle || !other->flock) continue;
    if (wanted == LOCK_EX || other->flock == LOCK_EX) error = EWOULDBLOCK;
  }
  if (!error) handle->flock = wanted;
  unlock_handle(handle);
  return error ? fail(error) : 0;
}

int simdisk_fstat(int descriptor, off_t *size, mode_t *mode) {
  sim_handle *handle = lock_handle(descriptor);
  if (!handle) return fail(EBADF);
  *size = (off_t)handle->node->size;
  *mode = handle->node->mode;
  unlock_handle(handle);
  return 0;
}

// Runs what a call does to a path of a disk; the body sets `error`.
#define WITH_DISK(path, body)                       \
  const char *below;                                \
  simdisk *disk = sim_lock_disk(path, &below);      \
  if (!disk) return fail(ENOENT);                   \
  int error = disk->is_halted ? EIO : 0;            \
  if (!error) body;                                 \
  sim_unlock(disk);                                 \
  return error ? fail(error) : 0

int simdisk_stat(const char *path, off_t *size, mode_t *mode) {
  WITH_DISK(path, {
    const sim_node *node = sim_find(&disk->names, below);
    if (node) {
      *size = (off_t)node->size;
      *mode = node->mode;
    } else {
      error = ENOENT;
    }
  });
}

int simdisk_chmod(const char *path, mode_t mode) {
  WITH_DISK(path, {
    sim_node *node = sim_find(&disk->names, below);
    if (node) {
      node->mode = mode;
    } else {
      error = ENOENT;
    }
  });
}

int simdisk_mkdir(const char *path, mode_t mode) {
  WITH_DISK(path, {
    int effect = sim_strike(disk, SIMDISK_MAKE_FOLDER, below, &error);
    if (effect == SIMDISK_NO_EFFECT) error = 0;
    bool goes_on = effect == SIMDISK_NO_EFFECT || effect == SIMDISK_HALT_AFTER;
    if (goes_on && sim_find(&disk->names, below)) {
      error = EEXIST;
    } else if (goes_on && !sim_parent_exists(disk, below)) {
      error = ENOENT;
    } else if (goes_on) {
      sim_node *node = sim_make_node(true, mode);
      sim_add_name(disk, below, node);
      sim_release(disk, node);
    }
  });
}

int simdisk_rmdir(const char *path) {
  WITH_DISK(path, {
    const sim_node *node = sim_find(&disk->names, below);
    if (!node || !*below) {
      error = ENOENT;
    } else if (!node->is_folder) {
      error = ENOTDIR;
    } else if (sim_has_children(&disk->names, below)) {
      error = ENOTEMPTY;
    } else {
      error = sim_path_delete(disk, below);
    }
  });
}

int simdisk_unlink(const char *path) {
  WITH_DISK(path, {
    const sim_node *node = sim_find(&disk->names, below);
    error = node && node->is_folder ? EISDIR : sim_path_delete(disk, below);
  });
}

int simdisk_rename(const char *path, const char *name) {
  const char *root = path + strlen(SIM_ROOT);
  size_t length = strcspn(root, "/") + strlen(SIM_ROOT);
  if (strncmp(path, name, length) != 0 || name[length] != '/') return fail(EXDEV);
  WITH_DISK(path, {
    int effect = sim_strike(disk, SIMDISK_RENAME, below, &error);
    if (effect == SIMDISK_NO_EFFECT) error = 0;
    bool goes_on = effect == SIMDISK_NO_EFFECT || effect == SIMDISK_HALT_AFTER;
    if (goes_on && !sim_find(&disk->names, below)) {
      error = ENOENT;
    } else if (goes_on) {
      sim_rename_name(disk, below, name + length);
    }
  });
}

ssize_t simdisk_peek(const char *path, uint64_t offset, void *bytes, size_t count) {
  const char *below;
  simdisk *disk = sim_lock_disk(path, &below);
  if (!disk) return fail(ENOENT);
  const sim_node *node = sim_find(&disk->names, below);
  ssize_t done = -1;
  if (node) {
    size_t left = offset < node->size ? node->size - offset : 0;
    done = (ssize_t)(left < count ? left : count);
    if (done > 0) memcpy(bytes, node->data + offset, (size_t)done);
  }
  sim_unlock(disk);
  return done;
}

int simdisk_poke(const char *path, uint64_t offset, uint8_t flipped) {
  const char *below;
  simdisk *disk = sim_lock_disk(path, &below);
  if (!disk) return fail(ENOENT);
  sim_node *node = sim_find(&disk->names, below);
  bool is_there = node && offset < node->size;
  if (is_there) node->data[offset] ^= flipped;
  sim_unlock(disk);
  return is_there ? 0 : -1;
}
