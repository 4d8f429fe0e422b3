// The titles of the schemas of what commands print about access and the catalogue.

extension AccessRecord: Printed {
  static let schemaTitle = SchemaTitle("access", "all that a subject may see")
}

extension ViewerRecord: Printed {
  static let schemaTitle = SchemaTitle("viewer", "a subject that may see a list")
}

extension DifferenceRecord: Printed {
  static let schemaTitle = SchemaTitle("difference", "what only one of two subjects may see")
}

extension ExplanationRecord: Printed {
  static let schemaTitle = SchemaTitle("explanation", "why a request is allowed or denied")
}

extension TestRunRecord: Printed {
  static let schemaTitle = SchemaTitle("test-run", "what came of tests of access")
}

extension DenialRecord: Printed {
  static let schemaTitle = SchemaTitle("denial", "a request that the gate denied")
}

extension FoundRecord: Printed {
  static let schemaTitle = SchemaTitle("found", "a thing that was found by its name")
}

extension CatalogueRecord: Printed {
  static let schemaTitle = SchemaTitle("catalogue", "the catalogue in short")
}

extension ConnectorListRecord: Printed {
  static let schemaTitle = SchemaTitle("connector-row", "a connector in the catalogue")
}

extension ConnectorRecord: Printed {
  static let schemaTitle = SchemaTitle("connector", "a connector with all that it has")
}

extension WidgetRecord: Printed {
  static let schemaTitle = SchemaTitle("catalogue-widget", "a widget in the catalogue")
}

extension EndpointRecord: Printed {
  static let schemaTitle = SchemaTitle("catalogue-endpoint", "an endpoint in the catalogue")
}
