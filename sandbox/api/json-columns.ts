import {
  ColumnNode,
  PrimitiveValueListNode,
  TableNode,
  ValueListNode,
  ValueNode,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type RootOperationNode,
  type ValuesNode,
} from 'kysely';

/** Whether a column is json or jsonb. */
export type IsJson = (schema: string, table: string, column: string) => boolean;

/**
 * Writes values for json columns as JSON. lite passes a request's values to the driver unchanged, and `pg` would take an
 * array for a PostgreSQL array and a string for JSON text.
 */
export function jsonColumns(isJson: IsJson): KyselyPlugin {
  return {
    transformQuery: ({ node }: PluginTransformQueryArgs) => encode(node, isJson),
    transformResult: ({ result }) => Promise.resolve(result),
  };
}

function encode(node: RootOperationNode, isJson: IsJson): RootOperationNode {
  if (node.kind === 'InsertQueryNode' && node.into && node.columns && node.values?.kind === 'ValuesNode') {
    const json = node.columns.map((column) => isJsonIn(node.into, column, isJson));
    const values = (node.values as ValuesNode).values.map((row) => encodeRow(row, json));
    return { ...node, values: { ...node.values, values } as OperationNode };
  }
  if (node.kind === 'UpdateQueryNode' && node.updates) {
    const updates = node.updates.map((update) =>
      isJsonIn(node.table, update.column, isJson) ? { ...update, value: encodeNode(update.value) } : update,
    );
    return { ...node, updates };
  }
  return node;
}

function isJsonIn(table: OperationNode | undefined, column: OperationNode, isJson: IsJson): boolean {
  if (!table || !TableNode.is(table) || !ColumnNode.is(column)) return false;
  const { schema, identifier } = table.table;
  return isJson(schema?.name ?? 'public', identifier.name, column.column.name);
}

function encodeRow(row: OperationNode, json: readonly boolean[]): OperationNode {
  if (PrimitiveValueListNode.is(row)) {
    return { ...row, values: row.values.map((value, at) => (json[at] ? encodeValue(value) : value)) } as OperationNode;
  }
  if (ValueListNode.is(row)) {
    return { ...row, values: row.values.map((value, at) => (json[at] ? encodeNode(value) : value)) } as OperationNode;
  }
  return row;
}

function encodeNode(node: OperationNode): OperationNode {
  return ValueNode.is(node) ? ({ ...node, value: encodeValue(node.value) } as OperationNode) : node;
}

function encodeValue(value: unknown): unknown {
  return value === null || value === undefined ? value : JSON.stringify(value);
}
