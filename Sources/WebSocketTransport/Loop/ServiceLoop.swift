import CLinux
import Dispatch
import Glibc
public import Logging
import Synchronization

/// The service thread of libwebsockets, which is a serial executor: jobs of actors pinned to it run on that
/// thread, between the library's turns, so that they may own sockets without a lock.
///
/// The library has one service thread and no locks, hence one loop for any number of servers and clients. The
/// thread keeps the loop alive until `shutdown`.
public final class ServiceLoop: SerialExecutor, Sendable {
  /// How many files the loop leaves to others.
  public struct Configuration: Sendable, Hashable {
    /// Descriptors kept free for databases, logs and the like. 64. Without a reserve the library meets the
    /// process' limit in `accept`, which then fails for ever in a loop that uses a whole core.
    public var reservedDescriptors = 64

    /// At most so many sockets, or nil for all that `RLIMIT_NOFILE` leaves after the reserve.
    public var maximumDescriptors: Int?

    /// The default configuration.
    public init() {}
  }

  let logger: Logger
  private let inbox = LoopInbox()
  private let threadID = Atomic<pid_t>(0)
  private let turns = Atomic<UInt64>(0)
  private let state: LoopStateCell
  private let ended: LoopEnd

  /// Jobs that arrive after `shutdown` run here: an actor's task must end, but nothing of the library is
  /// left.
  private let afterlife = DispatchQueue(label: "kos.service-loop.afterlife")

  /// Starts the thread and the library on it.
  ///
  /// - Throws: `unavailable` when the library does not start; `invalidConfiguration` when no descriptor is
  ///   left.
  public init(configuration: Configuration = .init(), logger: Logger) throws(TransportError) {
    self.logger = logger
    state = LoopStateCell()
    ended = LoopEnd()
    let limit = try Self.descriptorLimit(configuration)
    LibraryLog.route(to: logger)
    let started = Handover<Result<Void, TransportError>>()
    ServiceThread.start { [self] in run(descriptorLimit: limit, started: started) }
    try started.wait().get()
  }

  /// Queues a job. After `shutdown` it runs elsewhere, apart from the library.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    guard inbox.append(.job(job), wakes: !isOnLoop) == .stopped else { return }
    runAfterwards(job)
  }

  /// Ends the loop: closes what is left, joins the thread. Stop servers and close clients before, if their
  /// peers are to see a close frame. Must not be awaited by an actor that is pinned to this loop.
  public func shutdown() async {
    inbox.requestStop()
    await ended.wait()
  }

  /// How many turns the loop has made. A watchdog sees from it that the loop lives; a number that grows by
  /// many thousands a second without traffic is a loop that spins.
  public var turnCount: UInt64 { turns.load(ordering: .relaxed) }

  /// Whether the calling thread is the service thread.
  public var isOnLoop: Bool {
    // By the kernel's number: `pthread_self` may be hoisted over a suspension and name another thread.
    threadID.load(ordering: .relaxed) == clinux_thread_id()
  }

  /// Traps when a job pinned to this loop runs elsewhere.
  public func checkIsolated() {
    preconditionOnLoop()
  }

  /// Whether the calling thread is the service thread, for the runtime.
  public func isIsolatingCurrentContext() -> Bool? {
    isOnLoop
  }

  func preconditionOnLoop() {
    precondition(isOnLoop, "a value of the service loop was used on another thread")
  }

  /// What the thread knows. Service thread only.
  var onLoop: LoopState { state.value(on: self) }

  /// Runs work on the service thread, in order with other work. False: the loop is over and nothing will run.
  @discardableResult
  public func post(_ work: @escaping @Sendable () -> Void) -> Bool {
    inbox.append(.block(work), wakes: !isOnLoop) == .queued
  }

  /// Runs work on the service thread: at once when this is that thread, between the library's callbacks.
  func performOrPost(_ work: @escaping @Sendable () -> Void) {
    if isOnLoop, !inbox.isStopped { work() } else { post(work) }
  }

  /// Runs work on the service thread and waits for it; in place when this is that thread.
  func performAndWait<T: Sendable>(
    _ work: @escaping @Sendable () -> Result<T, TransportError>
  ) throws(TransportError) -> T {
    if isOnLoop, !inbox.isStopped { return try work().get() }
    let result = Handover<Result<T, TransportError>>()
    guard post({ result.give(work()) }) else {
      throw TransportError(.unavailable, "the service loop has been shut down")
    }
    return try result.wait().get()
  }

  private static func descriptorLimit(_ configuration: Configuration) throws(TransportError) -> UInt32 {
    var limit = rlimit()
    let known = getrlimit(__rlimit_resource_t(7), &limit) == 0
    let all = known ? Int(clamping: limit.rlim_cur) : 1024
    let usable = min(all, 1 << 20) - max(configuration.reservedDescriptors, 0)
    let count = min(configuration.maximumDescriptors ?? usable, usable)
    guard count >= 16 else {
      throw TransportError(.invalidConfiguration, "fewer than 16 file descriptors are left for sockets")
    }
    return UInt32(clamping: count)
  }
}

extension ServiceLoop {
  /// The thread's whole life.
  private func run(descriptorLimit: UInt32, started: Handover<Result<Void, TransportError>>) {
    threadID.store(clinux_thread_id(), ordering: .relaxed)
    let context: LibraryContext
    do throws(TransportError) {
      context = try LibraryContext(maximumDescriptorCount: descriptorLimit)
    } catch {
      started.give(.failure(error))
      finish()
      return
    }
    let loopState = LoopState(context: context)
    state.set(loopState)
    inbox.started(context)
    started.give(.success(()))
    while !inbox.isStopRequested {
      turns.add(1, ordering: .relaxed)
      runBatch()
      loopState.endTurn()
      guard context.service(waiting: inbox.isEmpty && !loopState.hasToEndTurn) else { break }
      loopState.endTurn()
    }
    // Whatever was queued before the end still finds the library alive; whatever comes later does not reach
    // it.
    run(inbox.stop())
    loopState.endTurn()
    context.destroy()
    loopState.contextDestroyed()
    loopState.endTurn()
    state.set(nil)
    finish()
  }

  /// Runs what is queued now; what these jobs queue waits for the next turn, so that sockets are not starved.
  private func runBatch() {
    let batch = inbox.takeAll()
    guard !batch.isEmpty else { return }
    run(batch)
    inbox.recycle(batch)
  }

  private func run(_ batch: [LoopInbox.Work]) {
    let executor = asUnownedSerialExecutor()
    for work in batch {
      switch work {
      case .job(let job): job.runSynchronously(on: executor)
      case .block(let block): block()
      }
    }
  }

  private func finish() {
    threadID.store(0, ordering: .relaxed)
    ended.reached()
  }

  private func runAfterwards(_ job: UnownedJob) {
    afterlife.async { [self] in
      // A serial queue, and the thread is over: still one at a time.
      threadID.store(clinux_thread_id(), ordering: .relaxed)
      job.runSynchronously(on: asUnownedSerialExecutor())
      threadID.store(0, ordering: .relaxed)
    }
  }
}
