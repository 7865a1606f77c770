// Open files: what SQLite's and the system's calls have in common.
#include "internal.h"
#include <sqlite3.h>

sim_handle *sim_attach(simdisk *disk, sim_node *node, const char *path) {
  sim_handle *handle = sim_allocate(sizeof *handle);
  handle->disk = disk;
  handle->node = node;
  handle->path = strdup(path);
  if (!handle->path) abort();
  handle->process = disk->process;
  sim_retain(node);
  disk->references++;
  handle->next_on_node = node->handles;
  node->handles = handle;
  handle->next_on_disk = disk->handles;
  disk->handles = handle;
  return handle;
}

// Closes a handle. The disk's mutex is held, by whoever holds a reference of its own too.
void sim_detach(sim_handle *handle) {
  simdisk *disk = handle->disk;
  sim_node *node = handle->node;
  bool was_dead = handle->is_dead;
  handle->is_dead = false;
  sim_leave_shared(handle);
  for (sim_handle **at = &node->handles; *at; at = &(*at)->next_on_node) {
    if (*at != handle) continue;
    *at = handle->next_on_node;
    break;
  }
  for (sim_handle **at = &disk->handles; *at; at = &(*at)->next_on_disk) {
    if (*at != handle) continue;
    *at = handle->next_on_disk;
    break;
  }
  if (handle->is_deleted_on_close && !was_dead && !disk->is_halted) sim_remove_name(disk, handle->path);
  sim_release(disk, node);
  free(handle->path);
  free(handle);
  disk->references--;
}

// Its process ended: the locks are free, the memory stays until the connection is given up.
void sim_kill_handle(sim_handle *handle) {
  if (handle->is_dead) return;
  handle->is_dead = true;
  handle->lock = SQLITE_LOCK_NONE;
  handle->flock = 0;
  sim_leave_shared(handle);
}

// What a call on a handle is struck by; a dead handle does nothing any more.
static int strike(sim_handle *handle, int kind, int *error) {
  *error = EIO;
  if (handle->is_dead) return SIMDISK_FAIL;
  return sim_strike(handle->disk, kind, handle->path, error);
}

int sim_handle_write(sim_handle *handle, size_t offset, const void *bytes, size_t count, size_t *done) {
  simdisk *disk = handle->disk;
  sim_node *node = handle->node;
  int error, effect = strike(handle, SIMDISK_WRITE, &error);
  *done = 0;
  switch (effect) {
    case SIMDISK_SHORT:
      *done = sim_below(&disk->random, count);
      sim_write_node(disk, node, offset, bytes, *done);
      return error;
    case SIMDISK_TORN:
    case SIMDISK_HALT_TORN:
      sim_write_some(disk, node, offset, bytes, count);
      return error;
    case SIMDISK_NO_EFFECT:
    case SIMDISK_HALT_AFTER: {
      int full = sim_write_node(disk, node, offset, bytes, count);
      if (!full) *done = count;
      return effect == SIMDISK_HALT_AFTER ? error : full;
    }
    default: return error;
  }
}

int sim_handle_read(sim_handle *handle, size_t offset, void *bytes, size_t count, size_t *done) {
  int error, effect = strike(handle, SIMDISK_READ, &error);
  *done = 0;
  if (effect != SIMDISK_NO_EFFECT) return error;
  const sim_node *node = handle->node;
  if (offset >= node->size) return 0;
  *done = node->size - offset < count ? node->size - offset : count;
  memcpy(bytes, node->data + offset, *done);
  return 0;
}

int sim_handle_sync(sim_handle *handle) {
  simdisk *disk = handle->disk;
  int kind = handle->node->is_folder ? SIMDISK_SYNC_FOLDER : SIMDISK_SYNC;
  int error, effect = strike(handle, kind, &error);
  switch (effect) {
    case SIMDISK_NO_EFFECT:
    case SIMDISK_HALT_AFTER:
      if (handle->node->is_folder) {
        sim_sync_folder(disk, handle->path);
      } else {
        sim_sync_node(handle->node);
        if (handle->syncs_folder) sim_sync_folder_of(disk, handle->path);
        handle->syncs_folder = false;
      }
      return effect == SIMDISK_NO_EFFECT ? 0 : error;
    case SIMDISK_FORGET:
      if (!handle->node->is_folder) sim_forget_node(disk, handle->node);
      return error;
    default: return error;
  }
}

int sim_handle_truncate(sim_handle *handle, size_t size) {
  int error, effect = strike(handle, SIMDISK_TRUNCATE, &error);
  if (effect == SIMDISK_NO_EFFECT || effect == SIMDISK_HALT_AFTER) {
    sim_resize(handle->disk, handle->node, size);
  }
  return effect == SIMDISK_NO_EFFECT ? 0 : error;
}

// Opens a file or folder, which is made if `creates` says so.
int sim_path_open(
    simdisk *disk, const char *below, bool creates, bool is_exclusive, mode_t mode, sim_handle **opened) {
  int error, effect = sim_strike(disk, SIMDISK_OPEN, below, &error);
  if (effect != SIMDISK_NO_EFFECT && effect != SIMDISK_HALT_AFTER) return error;
  sim_node *node = sim_find(&disk->names, below);
  if (node && creates && is_exclusive) return EEXIST;
  if (!node) {
    if (!creates || !sim_parent_exists(disk, below)) return ENOENT;
    node = sim_make_node(false, mode);
    sim_add_name(disk, below, node);
    sim_release(disk, node);
  }
  if (effect != SIMDISK_NO_EFFECT) return error;
  *opened = sim_attach(disk, node, below);
  return 0;
}

int sim_path_delete(simdisk *disk, const char *below) {
  int error, effect = sim_strike(disk, SIMDISK_DELETE, below, &error);
  if (effect != SIMDISK_NO_EFFECT && effect != SIMDISK_HALT_AFTER) return error;
  if (!sim_find(&disk->names, below)) return ENOENT;
  sim_remove_name(disk, below);
  return effect == SIMDISK_NO_EFFECT ? 0 : error;
}
