export declare const mayImport: (from: string, to: string) => boolean
