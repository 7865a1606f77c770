// Disks in memory that fail as disks do: deterministic, many of them in a process, under SQLite through a
// sqlite3_vfs and under everything else through calls like the system's.
//
// A disk named `name` is the folder "/sim/name". What was written and not synced is known by sector, so that
// a power loss can keep, drop or tear it; what happened to a folder's names is kept in a journal's order.
#ifndef SIMULATED_DISK_H
#define SIMULATED_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct simdisk simdisk;

// Calls, as they are counted and made to fail.
enum {
  SIMDISK_OPEN,
  SIMDISK_READ,
  SIMDISK_WRITE,
  SIMDISK_SYNC,
  SIMDISK_TRUNCATE,
  SIMDISK_DELETE,
  SIMDISK_RENAME,
  SIMDISK_MAKE_FOLDER,
  SIMDISK_SYNC_FOLDER,
  SIMDISK_GROW_SHARED,  // a further region of a shared-memory file
  SIMDISK_LOCK,         // of the database file
  SIMDISK_KINDS
};

// What a call that is struck does.
enum {
  SIMDISK_NO_EFFECT,
  SIMDISK_FAIL,         // nothing, and says so
  SIMDISK_SHORT,        // of a write the first part, then it fails
  SIMDISK_TORN,         // of a write some sectors, then it fails
  SIMDISK_FORGET,       // of a sync some sectors; the others count as written, and are not on the disk
  SIMDISK_HALT_BEFORE,  // nothing, and nothing after it: the process ends here
  SIMDISK_HALT_TORN,    // some sectors, and nothing after it
  SIMDISK_HALT_AFTER    // what it should, and nothing after it
};

typedef struct {
  uint32_t kinds;       // bit 1 << SIMDISK_...
  uint64_t skip;        // matching calls that pass first
  uint64_t times;       // how many are struck then; 0: all
  double probability;   // with which a call is struck that would be
  int effect;
  int error;            // the errno that it fails with
} simdisk_fault;

// Registers the VFS "simulated" and makes it the default: what is not under /sim/ goes to the one before.
int simdisk_install(void);
// Makes SQLite's own numbers (the salts of logs) and its clock start anew from a seed.
void simdisk_seed_sqlite(uint64_t seed);

// A disk with an empty folder; NULL when there is one of that name. Sectors have 512 or 4096 bytes.
simdisk *simdisk_create(const char *name, uint32_t sector_bytes, uint64_t seed);
// A disk with the same files, as they read now, all durable; NULL when there is one of that name. What it
// draws is its name's.
simdisk *simdisk_clone(simdisk *disk, const char *name);
// The files of `source`, as they read now, in place of those of `disk`, whose processes are killed.
void simdisk_restore(simdisk *disk, simdisk *source);
// Takes the name away; the memory goes with the last handle.
void simdisk_drop(simdisk *disk);

// Whoever opens something from now on is this process (0 at first).
void simdisk_set_process(simdisk *disk, int32_t process);
// Ends a process, or all for -1: its handles are dead and its locks free, what it wrote is there.
void simdisk_kill(simdisk *disk, int32_t process);
// Power loss: all processes end, and of what was not synced the seed says what is on the disk.
void simdisk_lose_power(simdisk *disk, uint64_t seed);
// Whether a fault has halted the disk; a kill of all or a power loss sets it going again.
bool simdisk_is_halted(simdisk *disk);

// Sets a fault, beside those that are set, for files whose path ends in `suffix`: all if it is empty.
void simdisk_add_fault(simdisk *disk, const simdisk_fault *fault, const char *suffix);
void simdisk_clear_faults(simdisk *disk);
// Whether calls are neither counted nor struck: for whoever looks from outside.
void simdisk_set_spared(simdisk *disk, bool is_spared);
// How many bytes the disk holds; UINT64_MAX for no bound.
void simdisk_set_capacity(simdisk *disk, uint64_t bytes);
uint64_t simdisk_used_bytes(simdisk *disk);
// Calls of a kind, and calls that a fault has struck.
uint64_t simdisk_calls(simdisk *disk, int kind);
uint64_t simdisk_struck(simdisk *disk);
// How many sectors a power loss could take.
uint64_t simdisk_unsynced_sectors(simdisk *disk);

// Bytes behind everybody's back, for bit rot and for looking. Negative: no such file or byte.
ssize_t simdisk_peek(const char *path, uint64_t offset, void *bytes, size_t count);
int simdisk_poke(const char *path, uint64_t offset, uint8_t flipped);

// The system's calls: -1 and errno. Descriptors are the disks' own.
int simdisk_open(const char *path, int flags, mode_t mode);
int simdisk_close(int descriptor);
ssize_t simdisk_read(int descriptor, void *bytes, size_t count);
ssize_t simdisk_write(int descriptor, const void *bytes, size_t count);
ssize_t simdisk_pwrite(int descriptor, const void *bytes, size_t count, off_t offset);
int simdisk_fsync(int descriptor);
int simdisk_ftruncate(int descriptor, off_t size);
int simdisk_flock(int descriptor, int operation);
int simdisk_fstat(int descriptor, off_t *size, mode_t *mode);
int simdisk_stat(const char *path, off_t *size, mode_t *mode);
int simdisk_chmod(const char *path, mode_t mode);
int simdisk_mkdir(const char *path, mode_t mode);
int simdisk_rmdir(const char *path);
int simdisk_unlink(const char *path);
int simdisk_rename(const char *path, const char *name);

#endif
