import Access
import Administration
import Console
import Foundation
import Store
import Synchronization
import Terminal

/// Looks every half second, on a thread of its own, whether others changed the store, who is here, and
/// whether the person may still be.
final class StoreWatcher: Sendable {
  private let administration: Administration
  private let mailbox: Mailbox
  /// Nil before the sign-in is recorded, and where nothing can be.
  private let session: Mutex<ConsoleSession?>
  /// Others were writing when the console was opened.
  private let owesSignIn: Atomic<Bool>
  private let isStopped = Atomic(false)
  private let isUpgradeTold = Atomic(false)
  /// Held while it reads or writes.
  private let atWork = Mutex(())

  /// Signs in. Whoever opens a console does not wait for those who write: while somebody does, the sign-in is
  /// recorded as soon as they are done.
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

  /// What it is at is done when this returns, so that nobody's store is written behind their back.
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
        // What can't be read now is read half a second later; the screen on top tells what is wrong.
        if isFirst {
          // What it is compared with is read before the look, so that nothing falls in between.
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
      // Where it can't be done now it is tried again half a second later.
      try? administration.settle()
      Thread.sleep(forTimeInterval: 0.5)
    }
  }

  private func lookWhereChanged(_ watch: ChangeWatch) {
    do { if try watch.hasChanged() { look(isFirst: false) } } catch StoreError.upgraded {
      // What is on the screen is of before: each page says so when it is read again, and nothing is written.
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

  /// On a thread of its own: what can't be recorded ends the console.
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
    // Who is here is told again in a moment.
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
