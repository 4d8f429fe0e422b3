import Access
import Administration
import Console
import Foundation
import Store
import Synchronization
import Terminal

/// Checks every half second, on a thread of its own, whether others changed the store, who is here, and
/// whether the person may still be here.
final class StoreWatcher: Sendable {
  private let administration: Administration
  private let mailbox: Mailbox
  /// The session; nil before the sign-in is recorded, and where nothing can be recorded.
  private let session: Mutex<ConsoleSession?>
  /// Whether the sign-in is still to be recorded, because others were writing when the console was opened.
  private let owesSignIn: Atomic<Bool>
  private let isStopped = Atomic(false)
  private let isUpgradeTold = Atomic(false)
  /// A lock that is held during reads and writes.
  private let atWork = Mutex(())

  /// Signs in. A person who opens a console does not wait for writers: while somebody writes, the sign-in is
  /// recorded later.
  ///
  /// Errors: what ``Administration/signIn(_:_:)`` throws.
  init(signingIn administration: Administration, mailbox: Mailbox) throws {
    self.administration = administration
    self.mailbox = mailbox
    do {
      session = Mutex(try administration.withoutWaiting.signIn())
      owesSignIn = Atomic(false)
    } catch StoreError.busy {
      session = Mutex(nil)
      owesSignIn = Atomic(true)
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

  private func run() {
    let watch = administration.watchChanges()
    var isFirst = true
    var nextBeat = administration.now
    if owesSignIn.load(ordering: .relaxed) { Thread.detachNewThread { self.signInLater() } }
    while !isStopped.load(ordering: .relaxed) {
      atWork.withLock { _ in
        guard !isStopped.load(ordering: .relaxed) else { return }
        // What can't be read now is read half a second later. The screen on top reports what is wrong.
        if isFirst {
          // The value to compare with is read before the look, so that no change is missed in between.
          isFirst = (try? watch.hasChanged()) == nil
          if !isFirst { look(isFirst: true) }
        } else {
          lookWhereChanged(watch)
        }
        if administration.now >= nextBeat {
          nextBeat = administration.now.adding(seconds: Administration.beatSeconds)
          beat()
        }
      }
      // What fails now is tried again half a second later.
      try? administration.settle()
      Thread.sleep(forTimeInterval: 0.5)
    }
  }

  private func lookWhereChanged(_ watch: ChangeWatch) {
    do { if try watch.hasChanged() { look(isFirst: false) } } catch StoreError.upgraded {
      // The screen still shows the state before the upgrade. Each page reports the upgrade when it is read
      // again, and nothing is written.
      guard !isUpgradeTold.exchange(true, ordering: .relaxed) else { return }
      mailbox.post(.storeNews("the store is a newer popsec's: leave"))
      mailbox.post(.refresh)
    } catch {
      // What can't be read now is read half a second later.
    }
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
