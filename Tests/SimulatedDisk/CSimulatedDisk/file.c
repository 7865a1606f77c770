// SQLite's view of an open file: sqlite3_io_methods over a handle.
#include "internal.h"
#include "vfs.h"

static sim_handle *handle_of(sqlite3_file *file) { return ((sim_file *)file)->handle; }

static sim_handle *enter(sqlite3_file *file) {
  sim_handle *handle = handle_of(file);
  pthread_mutex_lock(&handle->disk->mutex);
  return handle;
}

static int leave(sim_handle *handle, int code) {
  pthread_mutex_unlock(&handle->disk->mutex);
  return code;
}

static int failed(int error, int code) {
  sim_last_error = error;
  return code;
}

static int close_file(sqlite3_file *file) {
  sim_handle *handle = handle_of(file);
  simdisk *disk = handle->disk;
  pthread_mutex_lock(&disk->mutex);
  disk->references++;
  sim_detach(handle);
  sim_unlock(disk);
  file->pMethods = NULL;
  return SQLITE_OK;
}

static int read_file(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  sim_handle *handle = enter(file);
  size_t done;
  int error = sim_handle_read(handle, (size_t)offset, bytes, (size_t)count, &done);
  if (error) return leave(handle, failed(error, SQLITE_IOERR_READ));
  if (done == (size_t)count) return leave(handle, SQLITE_OK);
  memset((char *)bytes + done, 0, (size_t)count - done);
  return leave(handle, failed(0, SQLITE_IOERR_SHORT_READ));
}

static int write_file(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  sim_handle *handle = enter(file);
  size_t done;
  int error = sim_handle_write(handle, (size_t)offset, bytes, (size_t)count, &done);
  if (!error) return leave(handle, SQLITE_OK);
  return leave(handle, failed(error, error == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE));
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
  sim_handle *handle = enter(file);
  int error = sim_handle_truncate(handle, (size_t)size);
  return leave(handle, error ? failed(error, SQLITE_IOERR_TRUNCATE) : SQLITE_OK);
}

static int sync_file(sqlite3_file *file, int flags) {
  (void)flags;
  sim_handle *handle = enter(file);
  int error = sim_handle_sync(handle);
  return leave(handle, error ? failed(error, SQLITE_IOERR_FSYNC) : SQLITE_OK);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  sim_handle *handle = enter(file);
  *size = (sqlite3_int64)handle->node->size;
  bool is_gone = handle->is_dead || handle->disk->is_halted;
  return leave(handle, is_gone ? failed(EIO, SQLITE_IOERR_FSTAT) : SQLITE_OK);
}

// The strongest lock that another handle has.
static int other_lock(const sim_handle *handle) {
  int strongest = SQLITE_LOCK_NONE;
  for (sim_handle *other = handle->node->handles; other; other = other->next_on_node) {
    if (other != handle && other->lock > strongest) strongest = other->lock;
  }
  return strongest;
}

static int lock_as(sim_handle *handle, int level) {
  int other = other_lock(handle);
  switch (level) {
    case SQLITE_LOCK_SHARED:
      if (other >= SQLITE_LOCK_PENDING) return SQLITE_BUSY;
      break;
    case SQLITE_LOCK_RESERVED:
      if (other >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
      break;
    default:
      if (other >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
      if (other >= SQLITE_LOCK_SHARED) {
        handle->lock = SQLITE_LOCK_PENDING;
        return SQLITE_BUSY;
      }
  }
  handle->lock = level;
  return SQLITE_OK;
}

static int lock_file(sqlite3_file *file, int level) {
  sim_handle *handle = enter(file);
  if (handle->lock >= level) return leave(handle, SQLITE_OK);
  int error = EIO;
  bool is_struck = handle->is_dead || sim_strike(handle->disk, SIMDISK_LOCK, handle->path, &error);
  if (is_struck) return leave(handle, failed(error, SQLITE_IOERR_LOCK));
  return leave(handle, lock_as(handle, level));
}

static int unlock_file(sqlite3_file *file, int level) {
  sim_handle *handle = enter(file);
  if (handle->lock > level) handle->lock = level;
  return leave(handle, SQLITE_OK);
}

static int check_reserved_lock(sqlite3_file *file, int *result) {
  sim_handle *handle = enter(file);
  *result = handle->lock >= SQLITE_LOCK_RESERVED || other_lock(handle) >= SQLITE_LOCK_RESERVED;
  return leave(handle, SQLITE_OK);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  switch (operation) {
    case SQLITE_FCNTL_LOCKSTATE: *(int *)argument = handle_of(file)->lock; return SQLITE_OK;
    case SQLITE_FCNTL_HAS_MOVED: *(int *)argument = 0; return SQLITE_OK;
    case SQLITE_FCNTL_SIZE_HINT: return SQLITE_OK;
    default: return SQLITE_NOTFOUND;
  }
}

static int sector_size(sqlite3_file *file) { return (int)handle_of(file)->disk->sector_bytes; }

// As SQLite takes Linux to be: writing some bytes harms none beside them.
static int device_characteristics(sqlite3_file *file) {
  (void)file;
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

// A further region of the shared memory; on a real disk it is a file, which needs space.
static int grow_shared(sim_handle *handle, int region, int bytes) {
  sim_shared *shared = handle->shared;
  int error;
  if (sim_strike(handle->disk, SIMDISK_GROW_SHARED, handle->path, &error)) {
    return failed(error, SQLITE_IOERR_SHMSIZE);
  }
  uint64_t more = (uint64_t)(region + 1 - shared->region_count) * (uint64_t)bytes;
  simdisk *disk = handle->disk;
  if (disk->capacity != UINT64_MAX && sim_used(disk) + more > disk->capacity) {
    return failed(ENOSPC, SQLITE_IOERR_SHMSIZE);
  }
  shared->regions = realloc(shared->regions, (size_t)(region + 1) * sizeof *shared->regions);
  if (!shared->regions) abort();
  shared->region_bytes = bytes;
  while (shared->region_count <= region) {
    shared->regions[shared->region_count++] = sim_allocate((size_t)bytes);
  }
  return SQLITE_OK;
}

static int map_shared(sqlite3_file *file, int region, int bytes, int grows, void volatile **memory) {
  sim_handle *handle = enter(file);
  *memory = NULL;
  if (handle->is_dead || handle->disk->is_halted) return leave(handle, failed(EIO, SQLITE_IOERR_SHMMAP));
  if (!handle->shared) {
    sim_node *node = handle->node;
    if (!node->shared) {
      node->shared = sim_allocate(sizeof *node->shared);
      node->shared->references = 1;
    }
    handle->shared = node->shared;
    handle->shared->references++;
  }
  if (region >= handle->shared->region_count) {
    if (!grows) return leave(handle, SQLITE_OK);
    int code = grow_shared(handle, region, bytes);
    if (code != SQLITE_OK) return leave(handle, code);
  }
  *memory = handle->shared->regions[region];
  return leave(handle, SQLITE_OK);
}

static int lock_shared(sqlite3_file *file, int offset, int count, int flags) {
  sim_handle *handle = enter(file);
  uint16_t mask = (uint16_t)(((1u << count) - 1) << offset);
  if (flags & SQLITE_SHM_UNLOCK) {
    handle->shared_locks &= (uint16_t)~mask;
    handle->exclusive_locks &= (uint16_t)~mask;
    return leave(handle, SQLITE_OK);
  }
  if (handle->is_dead || handle->disk->is_halted) return leave(handle, failed(EIO, SQLITE_IOERR_SHMLOCK));
  for (sim_handle *other = handle->node->handles; other; other = other->next_on_node) {
    if (other == handle || other->shared != handle->shared) continue;
    if (other->exclusive_locks & mask) return leave(handle, SQLITE_BUSY);
    if ((flags & SQLITE_SHM_EXCLUSIVE) && (other->shared_locks & mask)) return leave(handle, SQLITE_BUSY);
  }
  if (flags & SQLITE_SHM_EXCLUSIVE) {
    handle->exclusive_locks |= mask;
  } else {
    handle->shared_locks |= mask;
  }
  return leave(handle, SQLITE_OK);
}

static void barrier(sqlite3_file *file) {
  (void)file;
  __sync_synchronize();
}

static int unmap_shared(sqlite3_file *file, int deletes) {
  (void)deletes;  // it goes with the last handle in any case
  sim_handle *handle = enter(file);
  bool was_dead = handle->is_dead;
  handle->is_dead = false;
  sim_leave_shared(handle);
  handle->is_dead = was_dead;
  return leave(handle, SQLITE_OK);
}

const sqlite3_io_methods sim_io_methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device_characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = barrier,
    .xShmUnmap = unmap_shared,
};
