// What the parts of the simulated disk share. Everything here is called under the disk's mutex, but for what
// looks a disk up.
#ifndef SIMULATED_DISK_INTERNAL_H
#define SIMULATED_DISK_INTERNAL_H

#include "include/simulated_disk.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define SIM_ROOT "/sim/"
#define SIM_VERSIONS_MAX 4
#define SIM_SIZES_MAX 8
#define SIM_PATH_MAX 512

// What a sector was at some time. Cutting a file begins a new era: a file system gives the blocks away, so
// what is written later is on the disk only if the cut is, and what was there before does not come back.
typedef struct {
  uint8_t *bytes;  // NULL: zeros, or the file did not reach so far
  unsigned era;
  bool is_cut;
} sim_version;

// A sector that was written since it was last synced.
typedef struct {
  bool is_lost;  // a failed sync counts it as written: only writing it again can make it durable
  int version_count;
  sim_version versions[SIM_VERSIONS_MAX + 1];  // [0] is durable
  unsigned era;  // of what it is now
  bool is_cut;
} sim_sector;

typedef struct {
  size_t bytes;
  unsigned era;
} sim_size;

// Shared memory of a database's connections. A dead handle keeps its own alive, so that a connection that is
// given up later reads memory that is there.
typedef struct {
  int references;
  int region_count;
  int region_bytes;
  void **regions;
} sim_shared;

typedef struct sim_handle sim_handle;

typedef struct sim_node {
  int references;
  bool is_folder;
  mode_t mode;
  uint8_t *data;  // zero from `size` up to `capacity`
  size_t size, capacity;
  sim_sector **sectors;
  size_t sector_slots;
  size_t *dirty;
  size_t dirty_count, dirty_capacity;
  sim_size sizes[SIM_SIZES_MAX];  // [0] is durable
  int size_count;
  unsigned era;
  sim_handle *handles;
  sim_shared *shared;
} sim_node;

typedef struct {
  char *path;  // below the disk's folder: "/tenant.db"
  sim_node *node;
} sim_name;

typedef struct {
  sim_name *items;
  size_t count, capacity;
} sim_names;

// Something that happened to a folder's names and is not durable: added, removed (no node), renamed.
typedef struct {
  char *path;
  char *target;
  sim_node *node;
} sim_name_change;

typedef struct {
  simdisk_fault rule;
  char suffix[32];
  uint64_t seen, struck;
} sim_armed;

struct simdisk {
  pthread_mutex_t mutex;
  simdisk *next;
  int references;
  char name[128];
  uint32_t sector_bytes;
  uint64_t random;
  int32_t process;
  bool is_halted, is_spared;
  uint64_t capacity;
  sim_names names, durable_names;
  sim_name_change *changes;
  size_t change_count, change_capacity;
  sim_armed *faults;
  size_t fault_count;
  uint64_t calls[SIMDISK_KINDS], struck;
  sim_handle *handles;
};

// An open file, of SQLite or of the system's calls.
struct sim_handle {
  simdisk *disk;
  sim_node *node;
  sim_handle *next_on_node, *next_on_disk;
  char *path;
  int32_t process;
  bool is_dead;
  bool syncs_folder;     // its first sync makes its name durable, as SQLite does for logs
  bool is_deleted_on_close;
  size_t offset;
  int lock;              // SQLITE_LOCK_...
  int flock;             // LOCK_SH, LOCK_EX or 0
  sim_shared *shared;
  uint16_t shared_locks, exclusive_locks;
};

void *sim_allocate(size_t bytes);
uint64_t sim_next(uint64_t *state);
uint64_t sim_below(uint64_t *state, uint64_t bound);

// Finds a path's disk, takes its mutex and gives what is below its folder; NULL when there is none.
simdisk *sim_lock_disk(const char *path, const char **below);
void sim_unlock(simdisk *disk);
bool sim_is_path(const char *path);
void sim_release_disk(simdisk *disk);
uint64_t sim_used(simdisk *disk);

// Counts a call and says what becomes of it: an effect, and the errno that goes with it.
int sim_strike(simdisk *disk, int kind, const char *path, int *error);

sim_node *sim_make_node(bool is_folder, mode_t mode);
void sim_retain(sim_node *node);
void sim_release(simdisk *disk, sim_node *node);
sim_node *sim_copy_node(const sim_node *node);
int sim_write_node(simdisk *disk, sim_node *node, size_t offset, const uint8_t *bytes, size_t count);
void sim_write_some(simdisk *disk, sim_node *node, size_t offset, const uint8_t *bytes, size_t count);
void sim_resize(simdisk *disk, sim_node *node, size_t size);
void sim_sync_node(sim_node *node);
void sim_forget_node(simdisk *disk, sim_node *node);
void sim_lose_node(simdisk *disk, sim_node *node, uint64_t *random);

sim_node *sim_find(const sim_names *names, const char *path);
void sim_add_name(simdisk *disk, const char *path, sim_node *node);
void sim_remove_name(simdisk *disk, const char *path);
void sim_rename_name(simdisk *disk, const char *path, const char *target);
void sim_sync_folder_of(simdisk *disk, const char *path);
void sim_sync_folder(simdisk *disk, const char *folder);
void sim_lose_names(simdisk *disk, uint64_t *random);
void sim_clear_names(simdisk *disk, sim_names *names);
void sim_forget_name_changes(simdisk *disk);
void sim_set_name(simdisk *disk, sim_names *names, const char *path, sim_node *node);
bool sim_has_children(const sim_names *names, const char *folder);
bool sim_parent_exists(const simdisk *disk, const char *path);

sim_handle *sim_attach(simdisk *disk, sim_node *node, const char *path);
void sim_detach(sim_handle *handle);
void sim_kill_handle(sim_handle *handle);
void sim_leave_shared(sim_handle *handle);

// What an open handle does, for SQLite and for the system's calls: 0, or an errno.
int sim_handle_write(sim_handle *handle, size_t offset, const void *bytes, size_t count, size_t *done);
int sim_handle_read(sim_handle *handle, size_t offset, void *bytes, size_t count, size_t *done);
int sim_handle_sync(sim_handle *handle);
int sim_handle_truncate(sim_handle *handle, size_t size);
int sim_path_open(
    simdisk *disk, const char *below, bool creates, bool is_exclusive, mode_t mode, sim_handle **opened);
int sim_path_delete(simdisk *disk, const char *below);

#endif
