import Access
import Administration
import Console
import Dispatch
import Foundation
import Store
import Synchronization
import Terminal

/// Looks, on a thread of its own, whether others changed the store, who is here, and whether the person may still be
/// here. It waits until a file of the store changes, or looks every half second where the kernel doesn't tell of that.
final class StoreWatcher: Sendable {
  private let administration: Administration
  private let mailbox: Mailbox
  /// The session; nil before the sign-in is recorded, and where nothing can be recorded.
  private let session = Mutex<ConsoleSession?>(nil)
  /// Whether the sign-in is still to be recorded, because others were writing when the console was opened.
  private let owesSignIn = Atomic(true)
  /// What became of the first attempt to sign in, and the sign that it is over.
  private let attempt = Mutex<Result<ConsoleSession?, any Error>?>(nil)
  private let attempted = DispatchSemaphore(value: 0)
  private let isStopped = Atomic(false)
  private let isUpgradeTold = Atomic(false)
  /// A lock that is held during reads and writes.
  private let atWork = Mutex(())

  /// Begins to sign in, on a thread of its own, so that the first frame is drawn meanwhile.
  init(signingIn administration: Administration, mailbox: Mailbox) {
    self.administration = administration
    self.mailbox = mailbox
    Thread.detachNewThread {
      let made = Result { try administration.withoutWaiting.signIn() }
      self.attempt.withLock { $0 = made }
      self.attempted.signal()
    }
  }

  /// Waits for the sign-in, without which nothing of the store is shown. A person who opens a console does not wait for
  /// writers: while somebody writes, the sign-in is recorded later. Call this once.
  ///
  /// Errors: what ``Administration/signIn(_:_:)`` throws.
  func finishSignIn() throws {
    attempted.wait()
    do {
      let made = try attempt.withLock { $0 }?.get()
      session.withLock { $0 = made }
      owesSignIn.store(false, ordering: .releasing)
    } catch StoreError.busy {
      // The sign-in stays owed.
    }
  }

  func start() { Thread.detachNewThread { self.run() } }

  /// Signs out, if the sign-in was recorded.
  func signOut() {
    guard !owesSignIn.load(ordering: .acquiring) else { return }
    try? administration.signOut(of: session.withLock { $0 })
  }

  /// Stops. When the function returns, present work is done, so that nothing writes to a store that somebody
  /// closed.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    atWork.withLock { _ in }
  }

  /// What the thread knows from one look to the next.
  private struct Looking {
    let watch: ChangeWatch
    var files: FileWatch?
    var nextBeat: Timestamp
    var isFirst = true
  }

  private func run() {
    var looking = Looking(watch: administration.watchChanges(), nextBeat: administration.now)
    if owesSignIn.load(ordering: .relaxed) { Thread.detachNewThread { self.signInLater() } }
    while !isStopped.load(ordering: .relaxed) {
      let began = ContinuousClock.now
      // The files are watched before the look, so that no change is missed in between.
      looking.files = looking.files ?? FileWatch(administration.changingFiles)
      atWork.withLock { _ in
        if !isStopped.load(ordering: .relaxed) { work(&looking) }
      }
      // What fails now is tried again half a second later.
      let isSettled = (try? administration.settle()) ?? false
      if isSettled, !looking.isFirst { awaitChange(&looking) }
      Self.sleep(until: began + Self.leastPause)
    }
  }

  private func work(_ looking: inout Looking) {
    // What can't be read now is read half a second later. The screen on top reports what is wrong.
    if looking.isFirst {
      // The value to compare with is read before the look, so that no change is missed in between.
      looking.isFirst = (try? looking.watch.hasChanged()) == nil
      if !looking.isFirst { look(isFirst: true) }
    } else {
      lookWhereChanged(looking.watch)
    }
    if administration.now >= looking.nextBeat {
      looking.nextBeat = administration.now.adding(seconds: Administration.beatSeconds)
      beat()
    }
  }

  /// Waits until a file changes, or until there is something to do without that. Returns at once where the files can't be
  /// watched.
  private func awaitChange(_ looking: inout Looking) {
    let next = min(looking.watch.nextInstant ?? looking.nextBeat, looking.nextBeat)
    guard let files = looking.files else { return }
    if files.wait(milliseconds: milliseconds(until: next)) == .gone { looking.files = nil }
  }

  /// The shortest time between two looks, however often the store changes.
  private static let leastPause = Duration.milliseconds(500)

  private static func sleep(until end: ContinuousClock.Instant) {
    let left = end - .now
    if left > .zero { Thread.sleep(forTimeInterval: left / .seconds(1)) }
  }

  /// The time until an instant has surely come.
  private func milliseconds(until instant: Timestamp) -> Int {
    Int(max(0, instant.secondsSince1970 - administration.now.secondsSince1970)) * 1_000
  }

  private func lookWhereChanged(_ watch: ChangeWatch) {
    do { if try watch.hasChanged() { look(isFirst: false) } } catch StoreError.upgraded, StoreError.newer {
      tellUpgrade()
    } catch {
      // What can't be read now is read half a second later.
    }
  }

  /// The screen still shows the state before the upgrade. Each page reports the upgrade when it is read again, and nothing
  /// is written.
  private func tellUpgrade() {
    guard !isUpgradeTold.exchange(true, ordering: .relaxed) else { return }
    mailbox.post(.storeNews("the store is a newer popsec's: leave"))
    mailbox.post(.refresh)
  }

  private func look(isFirst: Bool) {
    do {
      try administration.requireStillHere()
      mailbox.post(.rules(try ConsoleRules(administration)))
      if !isFirst { mailbox.post(.refresh) }
    } catch {
      if let error = error as? AdministrationError { mailbox.post(.signedOut(Problem(error))) }
    }
  }

  /// Signs in on a thread of its own. Where the sign-in can't be recorded, the console ends.
  private func signInLater() {
    while !isStopped.load(ordering: .relaxed) {
      do {
        let made = try administration.signIn()
        session.withLock { $0 = made }
        return owesSignIn.store(false, ordering: .releasing)
      } catch StoreError.busy { continue } catch {
        return mailbox.post(.signedOut(Problem(error)))
      }
    }
  }

  private func beat() {
    guard let session = session.withLock({ $0 }) else { return }
    // The presence is recorded again in a moment, so an error is harmless.
    try? administration.withoutWaiting.stay(in: session)
    guard let present = try? administration.present() else { return }
    let others = Set(present.filter { $0.session.user != session.user }.map(\.name.text)).sorted()
    switch others.count {
    case 0: mailbox.post(.company(nil))
    case 1: mailbox.post(.company("with \(fit(others[0], columns: 16))"))
    default: mailbox.post(.company("with \(others.count) others"))
    }
  }
}
