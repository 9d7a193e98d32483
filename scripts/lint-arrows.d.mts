export declare const mayImport: (from: string, to: string) => boolean
export declare const mayImportPackage: (from: string, name: string) => boolean
