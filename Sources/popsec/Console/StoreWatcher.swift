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
  private let session: ConsoleSession?
  private let isStopped = Atomic(false)

  init(_ administration: Administration, session: ConsoleSession?, mailbox: Mailbox) {
    self.administration = administration
    self.session = session
    self.mailbox = mailbox
  }

  func start() { Thread.detachNewThread { self.run() } }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  private func run() {
    var watch: ChangeWatch?
    var nextBeat = administration.now
    while !isStopped.load(ordering: .relaxed) {
      // What can't be read now is read half a second later; the screen on top tells what is wrong.
      if watch == nil {
        watch = try? administration.watchChanges()
        // What it is compared with is read before the look, so that nothing falls in between.
        if let watch, (try? watch.hasChanged()) != nil { look(isFirst: true) }
      } else if let watch, (try? watch.hasChanged()) == true {
        look(isFirst: false)
      }
      if administration.now >= nextBeat {
        nextBeat = administration.now.adding(seconds: Administration.beatSeconds)
        beat()
      }
      // Where it can't be done now it is tried again half a second later.
      try? administration.settle()
      Thread.sleep(forTimeInterval: 0.5)
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

  private func beat() {
    guard let session else { return }
    try? administration.stay(in: session)
    guard let present = try? administration.present() else { return }
    let others = Set(present.filter { $0.session.user != session.user }.map(\.name.text)).sorted()
    switch others.count {
    case 0: mailbox.post(.company(nil))
    case 1: mailbox.post(.company("with \(fit(others[0], columns: 16))"))
    default: mailbox.post(.company("with \(others.count) others"))
    }
  }
}
