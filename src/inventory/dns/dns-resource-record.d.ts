declare module '@nictool/dns-resource-record' {
  interface RecordClass {
    /** @throws {Error} whose first line says what is wrong with the record. */
    new (options: { readonly bindline: string }): object;
  }
  const types: Readonly<Record<string, RecordClass>>;
  export = types;
}
