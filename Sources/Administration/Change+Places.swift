package import Access
private import Store

/// A widget or an endpoint: an entry of the catalogue with an address.
package protocol CataloguePlace: CatalogueMember {
  var name: Name { get set }
  var isEnabled: Bool { get set }
}

extension Widget: CataloguePlace {}
extension Endpoint: CataloguePlace {}

extension Change {
  /// Adds a widget or an endpoint by hand.
  ///
  /// Errors: ``AdministrationError/nameTaken(kind:name:)``; ``UndoProblem/addressTaken(_:)``, when all is done,
  /// where a request could mean another one as well.
  package func addPlace<Place: CataloguePlace>(_ place: Place) throws {
    try require(.catalogueManage)
    try requireFreeName(of: place)
    ledger.readdressed.insert(DeletedThing(Place.kind, try add(place)))
  }

  /// Changes a widget or an endpoint by hand. Errors: those of ``addPlace(_:)``.
  package func savePlace<Place: CataloguePlace>(_ place: Place, was: Place) throws {
    // Who works with widgets may rename, open and enable them without the right to change the catalogue.
    if case .widget(let widget) = place.entry, case .widget(let before) = was.entry,
      widget == before.with(WidgetGeneral(widget))
    {
      let edit = Edit(was: WidgetGeneral(before), becomes: WidgetGeneral(widget))
      return try saveGeneral(widget.id, edit)
    }
    try require(.catalogueManage)
    guard place != was else { return }
    try requireFreeName(of: place)
    ledger.readdressed.insert(place.thing)
    try update(place, was: was)
  }

  /// Enables or disables a widget or an endpoint.
  package func setEnabled<Place: CataloguePlace>(_ isEnabled: Bool, _ place: Place) throws {
    var becomes = place
    becomes.isEnabled = isEnabled
    try savePlace(becomes, was: place)
  }

  func requireFreeName<Place: CataloguePlace>(of place: Place) throws {
    let key = NameKey(place.name)
    let others: [any CataloguePlace] = Place.kind == .widget ? try writer.widgets() : try writer.endpoints()
    guard !others.contains(where: { $0.thing != place.thing && NameKey($0.name) == key }) else {
      throw AdministrationError.nameTaken(kind: Place.kind.title, name: place.name)
    }
  }
}
